/** Data sets: elements, values, identifiers (PS3.5, PS3.6). */
@NullMarked
package org.heliograph.dicom.data;

import org.jspecify.annotations.NullMarked;
