package org.heliograph.samples.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
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
import org.heliograph.samples.study.XrayStudy;

/** The clinics' X-ray machines: they send to a hub or a gateway by C-STORE. */
final class DicomSender {
  private static final SopClassUid DX = SopClassUid.of(Uids.DigitalXRayImageStorageForPresentation);
  private static final TransferSyntaxUid SYNTAX = TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);

  private final AeTitle called;
  private final String host;
  private final int port;

  /** {@code address} is AE title, host and port as the hub prints them: {@code AE@host:port}. */
  DicomSender(String address) {
    int at = address.indexOf('@');
    int colon = address.lastIndexOf(':');
    this.called = new AeTitle(address.substring(0, at));
    this.host = address.substring(at + 1, colon).replaceAll("[\\[\\]]", "");
    this.port = Integer.parseInt(address.substring(colon + 1));
  }

  /** Returns when the hub has acknowledged the image. Sent again, it is the same image. */
  void send(DemoCase demo, DemoPictures.Xray xray, LocalDateTime takenAt) throws IOException {
    XrayStudy study =
        new XrayStudy(demo.patient(), xray.projection(), xray.accessionNumber(), takenAt);
    send(new AeTitle(demo.clinic().name()), study.image(1, xray.radiograph().get()));
  }

  /** Returns the image's size in bytes when it was acknowledged. */
  int send(AeTitle calling, Dataset image) throws IOException {
    SopInstanceUid instance = SopInstanceUid.of(image.string(Tag.SOPInstanceUID).orElseThrow());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(12 << 20);
    DicomWriter.writeDataset(
        bytes, TransferSyntax.of(Uids.ExplicitVrLittleEndian), image, BulkSource.NONE);
    try (StorageScu scu = StorageScu.to(host, port, calling, called).propose(DX, SYNTAX).open()) {
      DimseStatus status = scu.store(DX, instance, SYNTAX, DatasetSource.of(bytes.toByteArray()));
      scu.release();
      if (!status.isAccepted()) {
        throw new IOException("an X-ray was refused with status " + status.hex());
      }
    }
    return bytes.size();
  }
}
