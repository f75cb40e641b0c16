@NullMarked
package org.heliograph.reader.tls;

import org.jspecify.annotations.NullMarked;
