@NullMarked
package org.heliograph.samples.codec;

import org.jspecify.annotations.NullMarked;
