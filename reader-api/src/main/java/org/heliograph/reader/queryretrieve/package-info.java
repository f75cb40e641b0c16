/** The archive as what Query/Retrieve SCPs ask: who may see what, and who has been told. */
@NullMarked
package org.heliograph.reader.queryretrieve;

import org.jspecify.annotations.NullMarked;
