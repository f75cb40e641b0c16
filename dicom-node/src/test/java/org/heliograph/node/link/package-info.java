@NullMarked
package org.heliograph.node.link;

import org.jspecify.annotations.NullMarked;
