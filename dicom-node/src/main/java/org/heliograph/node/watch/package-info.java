/** A folder of the clinic in which DICOM files, photos and PDFs are found. */
@NullMarked
package org.heliograph.node.watch;

import org.jspecify.annotations.NullMarked;
