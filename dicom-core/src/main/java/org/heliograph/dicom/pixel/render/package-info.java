/**
 * From decoded frames to pictures: Modality, VOI and Presentation LUT, palettes, windows,
 * thumbnails (PS3.3 C.11, PS3.4 Annex N). Knows {@code pixel}; {@code pixel} does not know it.
 */
@NullMarked
package org.heliograph.dicom.pixel.render;

import org.jspecify.annotations.NullMarked;
