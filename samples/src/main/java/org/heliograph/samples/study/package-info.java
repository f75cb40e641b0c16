/** Synthetic studies: pictures with the header a modality would give them. */
@NullMarked
package org.heliograph.samples.study;

import org.jspecify.annotations.NullMarked;
