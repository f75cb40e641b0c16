@NullMarked
package org.heliograph.reader.worklist;

import org.jspecify.annotations.NullMarked;
