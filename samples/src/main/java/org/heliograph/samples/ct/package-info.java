/** CT phantoms made by code. */
@NullMarked
package org.heliograph.samples.ct;

import org.jspecify.annotations.NullMarked;
