/** The archive's benchmark: storing, finding and giving back, beside Orthanc and dcmtk. */
@NullMarked
package org.heliograph.samples.benchmark.archive;

import org.jspecify.annotations.NullMarked;
