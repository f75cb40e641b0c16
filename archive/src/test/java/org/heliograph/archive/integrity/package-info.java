@NullMarked
package org.heliograph.archive.integrity;

import org.jspecify.annotations.NullMarked;
