/**
 * What a gateway serves on the LAN when the hub cannot be reached: the worklist as it was last
 * seen, performed procedure steps and requests for storage commitment kept until they can be told.
 */
@NullMarked
package org.heliograph.node.lan;

import org.jspecify.annotations.NullMarked;
