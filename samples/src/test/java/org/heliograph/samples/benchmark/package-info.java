@NullMarked
package org.heliograph.samples.benchmark;

import org.jspecify.annotations.NullMarked;
