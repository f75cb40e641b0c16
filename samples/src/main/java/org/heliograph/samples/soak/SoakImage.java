package org.heliograph.samples.soak;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;

/**
 * One image, made of the run's seed and its number alone: what was sent can be made again to
 * compare it with what arrived.
 *
 * @param number from 0
 */
record SoakImage(long seed, int number) {
  private static final String ROOT = "1.2.826.0.1.3680043.10.999.9.";
  private static final int OF_STUDY = 5;

  String study() {
    return ROOT + seed + "." + (1 + number / OF_STUDY);
  }

  String series() {
    return study() + ".1";
  }

  String instance() {
    return series() + "." + (1 + number);
  }

  /** Explicit VR Little Endian, without group 0002. */
  byte[] dataset() throws IOException {
    var random = new SplittableRandom(seed * 1_000_003 + number);
    int rows = 32 << random.nextInt(3);
    int columns = 64;
    Dataset image =
        Dataset.builder()
            .string(Tag.SOPClassUID, Uids.CtImageStorage)
            .string(Tag.SOPInstanceUID, instance())
            .string(Tag.StudyDate, "20261101")
            .string(Tag.Modality, "CT")
            .string(Tag.PatientName, "Soak^" + number / OF_STUDY)
            .string(Tag.PatientID, "SOAK" + number / OF_STUDY)
            .string(Tag.StudyInstanceUID, study())
            .string(Tag.SeriesInstanceUID, series())
            .integer(Tag.InstanceNumber, 1 + number)
            .integer(Tag.SamplesPerPixel, 1)
            .string(Tag.PhotometricInterpretation, "MONOCHROME2")
            .integer(Tag.Rows, rows)
            .integer(Tag.Columns, columns)
            .integer(Tag.BitsAllocated, 16)
            .integer(Tag.BitsStored, 12)
            .integer(Tag.HighBit, 11)
            .integer(Tag.PixelRepresentation, 0)
            .bytes(Tag.PixelData, Vr.OW, pixels(random, rows, columns))
            .build();
    var bytes = new ByteArrayOutputStream();
    DicomWriter.writeDataset(
        bytes, TransferSyntax.of(Uids.ExplicitVrLittleEndian), image, BulkSource.NONE);
    return bytes.toByteArray();
  }

  /** Half of the images are smooth, so that they are compressed on the way; half are noise. */
  private byte[] pixels(SplittableRandom random, int rows, int columns) {
    byte[] pixels = new byte[rows * columns * 2];
    boolean smooth = random.nextBoolean();
    for (int i = 0; i < rows * columns; i++) {
      int value =
          smooth
              ? (i / columns * 16 + i % columns + random.nextInt(3)) & 0xFFF
              : random.nextInt(4096);
      pixels[2 * i] = (byte) value;
      pixels[2 * i + 1] = (byte) (value >> 8);
    }
    return pixels;
  }

  /** SHA-256 of the pixel data as they were sent. */
  String pixelDigest() throws IOException {
    byte[] whole = dataset();
    // Pixel Data is the last element: its 12 header bytes stand before the pixels.
    int length = pixelBytes(whole);
    return sha256(whole, whole.length - length, length);
  }

  private static int pixelBytes(byte[] whole) {
    for (int rows = 32; rows <= 128; rows *= 2) {
      int length = rows * 64 * 2;
      int at = whole.length - length - 12;
      if (at >= 0
          && whole[at] == (byte) 0xE0
          && whole[at + 1] == 0x7F
          && whole[at + 2] == 0x10
          && whole[at + 3] == 0) {
        return length;
      }
    }
    throw new IllegalStateException("no pixel data at the end");
  }

  static String sha256(byte[] bytes, int offset, int length) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, offset, length);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "SoakImage[" + number + "]";
  }
}
