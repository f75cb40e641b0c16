/** Tests of the hub as a whole, and what the capabilities' tests share. */
@NullMarked
package org.heliograph.reader;

import org.jspecify.annotations.NullMarked;
