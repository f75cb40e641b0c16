@NullMarked
package org.heliograph.dicom.deid;

import org.jspecify.annotations.NullMarked;
