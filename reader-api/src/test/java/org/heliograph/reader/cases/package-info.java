@NullMarked
package org.heliograph.reader.cases;

import org.jspecify.annotations.NullMarked;
