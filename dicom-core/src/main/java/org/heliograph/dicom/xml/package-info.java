/** The Native DICOM Model in XML (PS3.19 Annex A.1). */
@NullMarked
package org.heliograph.dicom.xml;

import org.jspecify.annotations.NullMarked;
