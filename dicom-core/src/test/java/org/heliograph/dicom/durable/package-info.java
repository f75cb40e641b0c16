/** A disk that loses what was not forced, for the tests of every module. */
@NullMarked
package org.heliograph.dicom.durable;

import org.jspecify.annotations.NullMarked;
