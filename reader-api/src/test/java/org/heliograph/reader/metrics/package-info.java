@NullMarked
package org.heliograph.reader.metrics;

import org.jspecify.annotations.NullMarked;
