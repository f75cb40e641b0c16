/** Photos become VL Photographic Images (PS3.3 A.32.4) and enter the archive like any instance. */
@NullMarked
package org.heliograph.archive.ingest.photo;

import org.jspecify.annotations.NullMarked;
