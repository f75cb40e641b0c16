/**
 * DIMSE messages and services (PS3.7), as SCU and SCP.
 *
 * <p>An SCP gives its handlers to {@link org.heliograph.dicom.net.dimse.DimseServices} and serves
 * each association with {@link org.heliograph.dicom.net.dimse.DimseScp}. SCUs are {@link
 * org.heliograph.dicom.net.dimse.StorageScu}, {@link
 * org.heliograph.dicom.net.dimse.QueryRetrieveScu} and {@link
 * org.heliograph.dicom.net.dimse.NormalizedScu}. Everything runs on the association's own thread,
 * one operation at a time; nothing here knows how to match, to store or to log.
 */
@NullMarked
package org.heliograph.dicom.net.dimse;

import org.jspecify.annotations.NullMarked;
