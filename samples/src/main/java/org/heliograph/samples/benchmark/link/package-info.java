/** {@code heliograph benchmark link}: a picture over a line that hardly is one. */
@NullMarked
package org.heliograph.samples.benchmark.link;

import org.jspecify.annotations.NullMarked;
