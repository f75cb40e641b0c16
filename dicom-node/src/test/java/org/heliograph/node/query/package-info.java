@NullMarked
package org.heliograph.node.query;

import org.jspecify.annotations.NullMarked;
