/** Tests of the DIMSE services. */
@NullMarked
package org.heliograph.dicom.net.dimse;

import org.jspecify.annotations.NullMarked;
