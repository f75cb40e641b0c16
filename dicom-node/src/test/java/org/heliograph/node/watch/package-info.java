@NullMarked
package org.heliograph.node.watch;

import org.jspecify.annotations.NullMarked;
