/** The hub. */
@NullMarked
package org.heliograph.reader;

import org.jspecify.annotations.NullMarked;
