/** Blobs on their way from one store to another while both serve. */
@NullMarked
package org.heliograph.archive.blob.move;

import org.jspecify.annotations.NullMarked;
