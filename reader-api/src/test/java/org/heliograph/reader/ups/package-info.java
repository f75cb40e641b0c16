@NullMarked
package org.heliograph.reader.ups;

import org.jspecify.annotations.NullMarked;
