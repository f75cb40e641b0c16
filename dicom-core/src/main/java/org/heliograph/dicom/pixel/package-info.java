/** Frames: decoding and rendering pixel data (PS3.5 Section 8, PS3.3 C.11). */
@NullMarked
package org.heliograph.dicom.pixel;

import org.jspecify.annotations.NullMarked;
