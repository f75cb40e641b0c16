/** Interchange media (PS3.10, PS3.12): file-sets and their DICOMDIR, read and written. */
@NullMarked
package org.heliograph.dicom.media;

import org.jspecify.annotations.NullMarked;
