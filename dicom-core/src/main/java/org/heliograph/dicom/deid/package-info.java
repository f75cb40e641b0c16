/** De-identification of data sets (PS3.15 Annex E). */
@NullMarked
package org.heliograph.dicom.deid;

import org.jspecify.annotations.NullMarked;
