/** Stored instances given back: whole, as metadata, frame by frame. */
@NullMarked
package org.heliograph.archive.retrieve;

import org.jspecify.annotations.NullMarked;
