/** Tests of the gateway as a whole. */
@NullMarked
package org.heliograph.node.gateway;

import org.jspecify.annotations.NullMarked;
