@NullMarked
package org.heliograph.dicom.pixel.render;

import org.jspecify.annotations.NullMarked;
