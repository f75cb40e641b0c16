@org.jspecify.annotations.NullMarked
package org.heliograph.dicom.pixel.jpegls;
