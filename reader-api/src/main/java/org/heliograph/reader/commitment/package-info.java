/** Storage commitment: what was promised to keep, and whom it was told. */
@NullMarked
package org.heliograph.reader.commitment;

import org.jspecify.annotations.NullMarked;
