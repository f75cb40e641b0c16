@NullMarked
package org.heliograph.archive.blob.move;

import org.jspecify.annotations.NullMarked;
