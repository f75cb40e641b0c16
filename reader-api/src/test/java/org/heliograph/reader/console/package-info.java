@NullMarked
package org.heliograph.reader.console;

import org.jspecify.annotations.NullMarked;
