package org.heliograph.samples.ct;

/**
 * One reconstructed slice.
 *
 * @param pixelSpacingMillimetres the same in both directions
 * @param zMillimetres where the slice lies
 * @param hounsfield row by row from the patient's right front; the array is the slice's own
 */
@SuppressWarnings("ArrayRecordComponent") // a quarter of a million values: not a list
public record CtSlice(
    int columns,
    int rows,
    double pixelSpacingMillimetres,
    double zMillimetres,
    short[] hounsfield) {}
