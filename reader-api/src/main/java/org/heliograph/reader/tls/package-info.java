/** Keys of the DICOM node, and whom it trusts. */
@NullMarked
package org.heliograph.reader.tls;

import org.jspecify.annotations.NullMarked;
