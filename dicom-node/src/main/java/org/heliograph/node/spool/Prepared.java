package org.heliograph.node.spool;

import java.nio.file.Path;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.jspecify.annotations.Nullable;

/**
 * What preparing an instance gave: what is sent on in place of what came.
 *
 * @param syntax of what is sent on
 * @param digest SHA-256 of its data set without group 0002, hexadecimal
 * @param datasetBytes of its data set without group 0002
 * @param pixelDigest SHA-256 of the decoded frames, little endian, hexadecimal; null without pixels
 *     or if it was not recoded
 * @param lossy whether it was compressed with loss here
 * @param rows null if it is no image
 * @param newFile a Part 10 file that {@link Spool#prepared} takes over; null if the original stays.
 *     Null in what the spool tells: see {@link Spool#file}
 * @param newPreview a JPEG that {@link Spool#prepared} takes over; null if there is none. Null in
 *     what the spool tells: see {@link Spool#preview}
 */
public record Prepared(
    TransferSyntaxUid syntax,
    String digest,
    long datasetBytes,
    @Nullable String pixelDigest,
    boolean lossy,
    @Nullable Integer rows,
    @Nullable Integer columns,
    int numberOfFrames,
    @Nullable Path newFile,
    @Nullable Path newPreview) {}
