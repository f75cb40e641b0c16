/** Tests of the status page. */
@NullMarked
package org.heliograph.node.status;

import org.jspecify.annotations.NullMarked;
