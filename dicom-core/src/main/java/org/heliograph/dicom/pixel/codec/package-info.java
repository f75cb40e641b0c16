/** What the codecs share: the layout of samples, their faults, bounded input. */
@NullMarked
package org.heliograph.dicom.pixel.codec;

import org.jspecify.annotations.NullMarked;
