/** Ingest: from a stream of bytes to a stored, catalogued instance. */
@NullMarked
package org.heliograph.archive.ingest;

import org.jspecify.annotations.NullMarked;
