/** JPEG-LS, lossless and near-lossless (ITU-T T.87). */
@NullMarked
package org.heliograph.dicom.pixel.jpegls;

import org.jspecify.annotations.NullMarked;
