package org.heliograph.samples.benchmark.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.samples.gateway.GatewayBox;

/** The modality. */
final class Sending {
  private static final TransferSyntaxUid SYNTAX = TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);

  private Sending() {}

  /** Returns when the gateway has acknowledged the picture. */
  static void store(Picture picture, int port) throws IOException {
    SopClassUid type = SopClassUid.of(picture.dataset().string(Tag.SOPClassUID).orElseThrow());
    SopInstanceUid instance =
        SopInstanceUid.of(picture.dataset().string(Tag.SOPInstanceUID).orElseThrow());
    var bytes = new ByteArrayOutputStream(12 << 20);
    DicomWriter.writeDataset(
        bytes, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, picture.dataset(), BulkSource.NONE);
    try (StorageScu scu =
        StorageScu.to("127.0.0.1", port, new AeTitle("XRAY"), new AeTitle(GatewayBox.AE_TITLE))
            .propose(type, SYNTAX)
            .open()) {
      DimseStatus status = scu.store(type, instance, SYNTAX, DatasetSource.of(bytes.toByteArray()));
      scu.release();
      if (!status.isAccepted()) {
        throw new IOException("the gateway refused a picture with status " + status.hex());
      }
    }
  }
}
