/** RLE Lossless (PS3.5 Annex G). */
@NullMarked
package org.heliograph.dicom.pixel.rle;

import org.jspecify.annotations.NullMarked;
