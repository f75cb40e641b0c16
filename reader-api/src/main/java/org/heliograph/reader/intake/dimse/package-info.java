/** DICOM instances on their way in by C-STORE. */
@NullMarked
package org.heliograph.reader.intake.dimse;

import org.jspecify.annotations.NullMarked;
