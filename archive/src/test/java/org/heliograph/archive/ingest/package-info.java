@NullMarked
package org.heliograph.archive.ingest;

import org.jspecify.annotations.NullMarked;
