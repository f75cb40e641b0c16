@NullMarked
package org.heliograph.archive.render;

import org.jspecify.annotations.NullMarked;
