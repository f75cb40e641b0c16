/** Pictures of stored frames for screens: rendered and thumbnail (PS3.18 Section 8.3.5). */
@NullMarked
package org.heliograph.archive.render;

import org.jspecify.annotations.NullMarked;
