/** Clinical skin photographs made by code. */
@NullMarked
package org.heliograph.samples.skin;

import org.jspecify.annotations.NullMarked;
