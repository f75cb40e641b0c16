@NullMarked
package org.heliograph.node.prepare;

import org.jspecify.annotations.NullMarked;
