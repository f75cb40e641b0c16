/** What comes in: resumable uploads of photos, and the studies that modalities sent. */
@NullMarked
package org.heliograph.reader.intake;

import org.jspecify.annotations.NullMarked;
