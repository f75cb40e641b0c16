package org.heliograph.node.spool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Random;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.node.storage.IncomingInstance;

/** A small synthetic image and its bytes. */
final class TestInstance {
  static final String SOP_CLASS = Uids.SecondaryCaptureImageStorage;
  static final TransferSyntax SYNTAX = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;

  private final String uid;
  private final String study;
  private final String series;
  private final byte[] dataset;

  private TestInstance(String uid, String study, String series, byte[] pixels) {
    this.uid = uid;
    this.study = study;
    this.series = series;
    Dataset image =
        Dataset.builder()
            .string(Tag.SOPClassUID, SOP_CLASS)
            .string(Tag.SOPInstanceUID, uid)
            .string(Tag.PatientName, "Sample^Synthetic")
            .string(Tag.StudyInstanceUID, study)
            .string(Tag.SeriesInstanceUID, series)
            .integer(Tag.Rows, 8)
            .integer(Tag.Columns, pixels.length / 8)
            .bytes(Tag.PixelData, Vr.OB, pixels)
            .build();
    var out = new ByteArrayOutputStream();
    try {
      DicomWriter.writeDataset(out, SYNTAX, image, BulkSource.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    dataset = out.toByteArray();
  }

  /** Of a study and a series of its own. */
  static TestInstance random(Random random) {
    return inStudy(Uid.create().value(), random);
  }

  static TestInstance inStudy(String study, Random random) {
    var pixels = new byte[8 * (2 + 2 * random.nextInt(500))];
    random.nextBytes(pixels);
    return new TestInstance(Uid.create().value(), study, study + ".1", pixels);
  }

  /** The same UIDs, other pixels. */
  TestInstance altered() {
    return new TestInstance(uid, study, series, new byte[640]);
  }

  String uid() {
    return uid;
  }

  SopInstanceUid sopInstance() {
    return SopInstanceUid.of(uid);
  }

  StudyInstanceUid study() {
    return StudyInstanceUid.of(study);
  }

  byte[] dataset() {
    return dataset.clone();
  }

  String digest() {
    return HexFormat.of().formatHex(Sha256.of(dataset));
  }

  IncomingInstance incoming() {
    return incoming(1);
  }

  IncomingInstance incoming(long association) {
    return new IncomingInstance(
        association,
        new AeTitle("CT_1"),
        new AeTitle("GATEWAY"),
        InetAddress.getLoopbackAddress(),
        SopClassUid.of(SOP_CLASS),
        sopInstance(),
        TransferSyntaxUid.of(SYNTAX.uid()),
        new ByteArrayInputStream(dataset));
  }

  /** As a file with a head of another writer. */
  byte[] partTen() {
    var out = new ByteArrayOutputStream();
    try {
      DicomWriter.writeFileMeta(
          out,
          DicomWriter.fileMeta(
              SopClassUid.of(SOP_CLASS), sopInstance(), TransferSyntaxUid.of(SYNTAX.uid())),
          SYNTAX);
      out.write(dataset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
