@NullMarked
package org.heliograph.reader.commitment;

import org.jspecify.annotations.NullMarked;
