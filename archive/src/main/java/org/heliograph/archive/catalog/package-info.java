/** What is stored: patients, studies, series, instances, and the search of QIDO-RS over them. */
@NullMarked
package org.heliograph.archive.catalog;

import org.jspecify.annotations.NullMarked;
