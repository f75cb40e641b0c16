@NullMarked
package org.heliograph.node.work;

import org.jspecify.annotations.NullMarked;
