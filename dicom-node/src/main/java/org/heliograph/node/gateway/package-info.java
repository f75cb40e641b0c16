/** The clinic gateway as a process: its settings, its place at the hub, its command line. */
@NullMarked
package org.heliograph.node.gateway;

import org.jspecify.annotations.NullMarked;
