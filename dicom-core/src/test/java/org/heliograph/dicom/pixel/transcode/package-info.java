@NullMarked
package org.heliograph.dicom.pixel.transcode;

import org.jspecify.annotations.NullMarked;
