/** The way back: what the hub tells a gateway, the reports among it, and where those go. */
@NullMarked
package org.heliograph.node.inbox;

import org.jspecify.annotations.NullMarked;
