/** Other application entities that this node opens associations to. */
@NullMarked
package org.heliograph.node.peer;

import org.jspecify.annotations.NullMarked;
