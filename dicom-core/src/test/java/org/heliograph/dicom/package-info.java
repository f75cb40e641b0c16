@NullMarked
package org.heliograph.dicom;

import org.jspecify.annotations.NullMarked;
