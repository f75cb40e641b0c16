@NullMarked
package org.heliograph.reader.media;

import org.jspecify.annotations.NullMarked;
