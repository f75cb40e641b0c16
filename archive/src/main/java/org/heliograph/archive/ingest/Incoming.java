package org.heliograph.archive.ingest;

import java.io.InputStream;
import java.util.UUID;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.jspecify.annotations.Nullable;

/**
 * One instance on its way in: a data set without file meta information, encoded in {@code
 * transferSyntax}. The stream is read to its end unless an exception ends it; the caller closes it.
 *
 * @param siteId the site that sends; a new study belongs to it
 * @param origin {@code dimse:<AE title>}, {@code upload} or {@code report}; no patient data
 * @param claimedClass what the command said (PS3.7 9.3.1.1), where there was a command
 * @param claimedInstance as {@code claimedClass}
 */
public record Incoming(
    UUID siteId,
    String origin,
    TransferSyntaxUid transferSyntax,
    @Nullable SopClassUid claimedClass,
    @Nullable SopInstanceUid claimedInstance,
    InputStream dataset) {}
