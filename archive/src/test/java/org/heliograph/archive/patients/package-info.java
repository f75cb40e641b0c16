@org.jspecify.annotations.NullMarked
package org.heliograph.archive.patients;
