@NullMarked
package org.heliograph.node.worklist;

import org.jspecify.annotations.NullMarked;
