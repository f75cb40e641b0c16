/** Work that goes on beside the associations of a gateway: repeated, woken, paused, given up. */
@NullMarked
package org.heliograph.node.work;

import org.jspecify.annotations.NullMarked;
