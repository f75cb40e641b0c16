@NullMarked
package org.heliograph.reader.report;

import org.jspecify.annotations.NullMarked;
