@NullMarked
package org.heliograph.dicom.xml;

import org.jspecify.annotations.NullMarked;
