@NullMarked
package org.heliograph.reader.hl7;

import org.jspecify.annotations.NullMarked;
