/** The DICOM JSON model (PS3.18 Annex F). */
@NullMarked
package org.heliograph.dicom.json;

import org.jspecify.annotations.NullMarked;
