/** Tests of the package. */
@NullMarked
package org.heliograph.reader.problem;

import org.jspecify.annotations.NullMarked;
