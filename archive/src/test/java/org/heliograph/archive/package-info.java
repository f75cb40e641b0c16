@NullMarked
package org.heliograph.archive;

import org.jspecify.annotations.NullMarked;
