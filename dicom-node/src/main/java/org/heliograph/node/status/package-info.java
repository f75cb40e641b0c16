/** What the gateway shows of itself: a page on the clinic's network, and the same as JSON. */
@NullMarked
package org.heliograph.node.status;

import org.jspecify.annotations.NullMarked;
