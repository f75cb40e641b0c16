/** Synthetic patients and pictures, the demo and the benchmark. */
@NullMarked
package org.heliograph.samples;

import org.jspecify.annotations.NullMarked;
