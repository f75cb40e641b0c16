/** Backups of database and blobs as of one moment, and the proof that they restore. */
@NullMarked
package org.heliograph.reader.backup;

import org.jspecify.annotations.NullMarked;
