/** Part 10 files and data set streams (PS3.10, PS3.5). */
@NullMarked
package org.heliograph.dicom.io;

import org.jspecify.annotations.NullMarked;
