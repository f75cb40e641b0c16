@NullMarked
package org.heliograph.reader.intake;

import org.jspecify.annotations.NullMarked;
