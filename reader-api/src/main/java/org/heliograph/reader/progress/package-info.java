/** What a long command tells while it works. */
@NullMarked
package org.heliograph.reader.progress;

import org.jspecify.annotations.NullMarked;
