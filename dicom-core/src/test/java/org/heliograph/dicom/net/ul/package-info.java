/** Tests of the upper layer. */
@NullMarked
package org.heliograph.dicom.net.ul;

import org.jspecify.annotations.NullMarked;
