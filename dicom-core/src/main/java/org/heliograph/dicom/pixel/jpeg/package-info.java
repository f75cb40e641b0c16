/** JPEG: baseline, extended and lossless processes (ITU-T T.81). */
@NullMarked
package org.heliograph.dicom.pixel.jpeg;

import org.jspecify.annotations.NullMarked;
