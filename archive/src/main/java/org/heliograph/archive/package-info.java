/**
 * The archive: bytes in a blob store, their index in PostgreSQL. {@link
 * org.heliograph.archive.Archive} is the way in.
 */
@NullMarked
package org.heliograph.archive;

import org.jspecify.annotations.NullMarked;
