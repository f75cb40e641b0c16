/** The DICOM upper layer (PS3.8). */
@NullMarked
package org.heliograph.dicom.net.ul;

import org.jspecify.annotations.NullMarked;
