/** The hub's own PostgreSQL: the real server's binaries, started and stopped with the hub. */
@NullMarked
package org.heliograph.reader.postgres;

import org.jspecify.annotations.NullMarked;
