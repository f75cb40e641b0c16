@NullMarked
package org.heliograph.samples.benchmark.archive;

import org.jspecify.annotations.NullMarked;
