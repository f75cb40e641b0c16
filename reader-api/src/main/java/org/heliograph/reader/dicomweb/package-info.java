/** QIDO-RS, WADO-RS, STOW-RS and WADO-URI (PS3.18) over the archive, for what a person may see. */
@NullMarked
package org.heliograph.reader.dicomweb;

import org.jspecify.annotations.NullMarked;
