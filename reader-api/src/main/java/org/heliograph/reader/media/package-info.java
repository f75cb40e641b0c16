/** Instances that come from and go to folders, media and archive files instead of associations. */
@NullMarked
package org.heliograph.reader.media;

import org.jspecify.annotations.NullMarked;
