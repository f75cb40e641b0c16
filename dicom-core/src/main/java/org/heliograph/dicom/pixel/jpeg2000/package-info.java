/** JPEG 2000 Part 1 (ISO/IEC 15444-1). */
@NullMarked
package org.heliograph.dicom.pixel.jpeg2000;

import org.jspecify.annotations.NullMarked;
