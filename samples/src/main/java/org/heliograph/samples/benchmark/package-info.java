/** {@code heliograph benchmark}: our figures beside those of peers, from one run on one machine. */
@NullMarked
package org.heliograph.samples.benchmark;

import org.jspecify.annotations.NullMarked;
