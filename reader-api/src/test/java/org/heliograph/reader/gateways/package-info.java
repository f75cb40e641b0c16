@NullMarked
package org.heliograph.reader.gateways;

import org.jspecify.annotations.NullMarked;
