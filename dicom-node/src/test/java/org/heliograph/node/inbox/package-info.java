@NullMarked
package org.heliograph.node.inbox;

import org.jspecify.annotations.NullMarked;
