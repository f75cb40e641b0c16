@org.jspecify.annotations.NullMarked
package org.heliograph.reader.retention;
