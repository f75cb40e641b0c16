@NullMarked
package org.heliograph.dicom.pixel;

import org.jspecify.annotations.NullMarked;
