@NullMarked
package org.heliograph.archive.blob;

import org.jspecify.annotations.NullMarked;
