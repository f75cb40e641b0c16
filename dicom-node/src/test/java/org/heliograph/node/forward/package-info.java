@NullMarked
package org.heliograph.node.forward;

import org.jspecify.annotations.NullMarked;
