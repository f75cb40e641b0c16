/** Tests of the package. */
@NullMarked
package org.heliograph.reader.postgres;

import org.jspecify.annotations.NullMarked;
