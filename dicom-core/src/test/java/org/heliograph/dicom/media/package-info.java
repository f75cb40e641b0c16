@NullMarked
package org.heliograph.dicom.media;

import org.jspecify.annotations.NullMarked;
