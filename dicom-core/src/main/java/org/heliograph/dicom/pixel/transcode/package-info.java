/** Objects from one transfer syntax to another (PS3.5 Section 8.2, PS3.3 C.7.6.1.1.5). */
@NullMarked
package org.heliograph.dicom.pixel.transcode;

import org.jspecify.annotations.NullMarked;
