@NullMarked
package org.heliograph.node.emulator;

import org.jspecify.annotations.NullMarked;
