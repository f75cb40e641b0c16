@NullMarked
package org.heliograph.archive.ingest.photo;

import org.jspecify.annotations.NullMarked;
