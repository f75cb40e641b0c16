/** The way to the hub: parcels, resumable parts, and a link that may fail at any moment. */
@NullMarked
package org.heliograph.node.forward;

import org.jspecify.annotations.NullMarked;
