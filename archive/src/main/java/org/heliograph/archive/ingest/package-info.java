/** From a stream of bytes to a durable blob and its catalog rows. */
@NullMarked
package org.heliograph.archive.ingest;

import org.jspecify.annotations.NullMarked;
