@NullMarked
package org.heliograph.archive.retrieve;

import org.jspecify.annotations.NullMarked;
