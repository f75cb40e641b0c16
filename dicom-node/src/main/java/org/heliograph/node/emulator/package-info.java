/**
 * A bad link in user space: what satellite, mobile and worn-out lines do to TCP, on one machine.
 */
@NullMarked
package org.heliograph.node.emulator;

import org.jspecify.annotations.NullMarked;
