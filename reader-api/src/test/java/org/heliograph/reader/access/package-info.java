/** Tests of the package. */
@NullMarked
package org.heliograph.reader.access;

import org.jspecify.annotations.NullMarked;
