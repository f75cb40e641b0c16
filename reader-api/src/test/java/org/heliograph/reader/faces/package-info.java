/** Tests of the package. */
@NullMarked
package org.heliograph.reader.faces;

import org.jspecify.annotations.NullMarked;
