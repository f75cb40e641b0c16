/** Specific Character Set: text in and out of bytes (PS3.3 C.12.1.1.2, PS3.5 6.1). */
@NullMarked
package org.heliograph.dicom.charset;

import org.jspecify.annotations.NullMarked;
