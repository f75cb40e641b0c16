/** DIMSE messages and services (PS3.7). */
@NullMarked
package org.heliograph.dicom.net.dimse;

import org.jspecify.annotations.NullMarked;
