@NullMarked
package org.heliograph.node.lan;

import org.jspecify.annotations.NullMarked;
