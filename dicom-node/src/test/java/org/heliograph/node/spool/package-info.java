@NullMarked
package org.heliograph.node.spool;

import org.jspecify.annotations.NullMarked;
