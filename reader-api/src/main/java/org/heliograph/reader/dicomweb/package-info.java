/** QIDO-RS and WADO-RS (PS3.18 Section 10) over the archive, for what a person may see. */
@NullMarked
package org.heliograph.reader.dicomweb;

import org.jspecify.annotations.NullMarked;
