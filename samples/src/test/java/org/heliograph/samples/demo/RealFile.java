package org.heliograph.samples.demo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;

/** A file made by others, with what is needed to send it and to compare its pixels. */
final class RealFile {
  private static final int META = 132;
  private static final int LARGEST_BYTES = 64 << 20;
  private static final int[] PIXELS = {Tag.PixelData, Tag.FloatPixelData, Tag.DoubleFloatPixelData};

  private final Path path;
  private final byte[] bytes;
  private final ParsedObject object;

  private RealFile(Path path, byte[] bytes, ParsedObject object) {
    this.path = path;
    this.bytes = bytes;
    this.object = object;
  }

  static RealFile of(Path path, byte[] bytes) throws IOException {
    return new RealFile(
        path,
        bytes,
        DicomReader.readPart10(
            new ByteArrayInputStream(bytes), ReadOptions.inMemory(LARGEST_BYTES)));
  }

  /** The file if it is an instance with all the UIDs that an archive needs. */
  static Optional<RealFile> storable(Path path) {
    try {
      RealFile file = of(path, Files.readAllBytes(path));
      boolean complete =
          file.has(Tag.StudyInstanceUID)
              && file.has(Tag.SeriesInstanceUID)
              && file.has(Tag.SOPInstanceUID)
              && Uids.isStorageSopClass(file.text(Tag.SOPClassUID));
      return complete ? Optional.of(file) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  Path path() {
    return path;
  }

  SopClassUid sopClass() {
    return SopClassUid.of(text(Tag.SOPClassUID));
  }

  SopInstanceUid sopInstance() {
    return SopInstanceUid.of(text(Tag.SOPInstanceUID));
  }

  TransferSyntaxUid transferSyntax() {
    return TransferSyntaxUid.of(object.transferSyntax().uid());
  }

  boolean encapsulated() {
    return object.transferSyntax().encapsulated();
  }

  /** Then a sender that changes the byte order would change the pixels' bytes. */
  boolean bigEndian() {
    return object.transferSyntax().bigEndian();
  }

  boolean deflated() {
    return object.transferSyntax().deflated();
  }

  /** Where WADO-RS gives it back. */
  String wado() {
    return "/dicomweb/studies/"
        + text(Tag.StudyInstanceUID)
        + "/series/"
        + text(Tag.SeriesInstanceUID)
        + "/instances/"
        + text(Tag.SOPInstanceUID);
  }

  /** The data set alone, as it goes over the network. */
  byte[] dataset() {
    boolean part10 = bytes.length > META + 12 && bytes[META - 4] == 'D' && bytes[META] == 2;
    int end =
        part10
            ? META + 12 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(META + 8)
            : 0;
    return Arrays.copyOfRange(bytes, end, bytes.length);
  }

  /** Every byte of every frame, as it is encoded; empty for an object without pixels. */
  byte[] pixels() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Dataset dataset = object.dataset();
    for (int tag : PIXELS) {
      if (dataset.get(tag).orElse(null) instanceof EncapsulatedElement encapsulated) {
        for (int i = 1; i < encapsulated.fragmentCount(); i++) {
          int from = Math.toIntExact(encapsulated.fragmentOffset(i));
          all.write(bytes, from, Math.toIntExact(encapsulated.fragmentLength(i)));
        }
      } else if (dataset.contains(tag)) {
        byte[] value = dataset.bytes(tag);
        all.write(value, 0, Math.min(value.length, imageBytes()));
      }
    }
    return all.toByteArray();
  }

  /** Without the byte that fills a value of odd length up, which some files lack. */
  private int imageBytes() {
    Dataset dataset = object.dataset();
    long bits =
        (long) dataset.integer(Tag.Rows, 0)
            * dataset.integer(Tag.Columns, 0)
            * dataset.integer(Tag.SamplesPerPixel, 1)
            * dataset.integer(Tag.BitsAllocated, 8)
            * dataset.integer(Tag.NumberOfFrames, 1);
    return Math.toIntExact((bits + 7) / 8);
  }

  String text(int tag) {
    return object.dataset().string(tag, "");
  }

  private boolean has(int tag) {
    return Uid.isValid(text(tag));
  }

  @Override
  public String toString() {
    return path.getFileName().toString();
  }
}
