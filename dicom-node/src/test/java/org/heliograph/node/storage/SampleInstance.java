package org.heliograph.node.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;

/** A small Secondary Capture image in Explicit VR Little Endian, byte by byte. */
public final class SampleInstance {
  static final String SOP_CLASS = Uids.SecondaryCaptureImageStorage;

  private final String sopInstanceUid;
  private final byte[] dataset;

  private SampleInstance(String sopInstanceUid, byte[] dataset) {
    this.sopInstanceUid = sopInstanceUid;
    this.dataset = dataset;
  }

  public String sopInstanceUid() {
    return sopInstanceUid;
  }

  byte[] dataset() {
    return dataset.clone();
  }

  /** A square 8 bit image. */
  public static SampleInstance ofSide(int side) {
    var uid = Uid.create().value();
    var out = new Elements();
    out.text(0x0008, 0x0016, "UI", SOP_CLASS);
    out.text(0x0008, 0x0018, "UI", uid);
    out.text(0x0008, 0x0020, "DA", "20260102");
    out.text(0x0008, 0x0060, "CS", "OT");
    out.text(0x0010, 0x0010, "PN", "Sample^Synthetic");
    out.text(0x0010, 0x0020, "LO", "S-1");
    out.text(0x0020, 0x000d, "UI", Uid.create().value());
    out.text(0x0020, 0x000e, "UI", Uid.create().value());
    out.text(0x0020, 0x0013, "IS", "1");
    out.us(0x0028, 0x0002, 1);
    out.text(0x0028, 0x0004, "CS", "MONOCHROME2");
    out.us(0x0028, 0x0010, side);
    out.us(0x0028, 0x0011, side);
    out.us(0x0028, 0x0100, 8);
    out.us(0x0028, 0x0101, 8);
    out.us(0x0028, 0x0102, 7);
    out.us(0x0028, 0x0103, 0);
    var pixels = new byte[side * side + side * side % 2];
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % side + i / side);
    }
    out.longValue(0x7fe0, 0x0010, "OB", pixels);
    return new SampleInstance(uid, out.toByteArray());
  }

  /** Writes a Part 10 file. */
  public Path writeTo(Path file) throws IOException {
    var meta = new Elements();
    meta.longValue(0x0002, 0x0001, "OB", new byte[] {0, 1});
    meta.text(0x0002, 0x0002, "UI", SOP_CLASS);
    meta.text(0x0002, 0x0003, "UI", sopInstanceUid);
    meta.text(0x0002, 0x0010, "UI", Uids.ExplicitVrLittleEndian);
    meta.text(0x0002, 0x0012, "UI", "2.25.1");
    var metaBytes = meta.toByteArray();
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[128]);
    out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    var length = new Elements();
    length.element(
        0x0002,
        0x0000,
        "UL",
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(metaBytes.length).array());
    out.writeBytes(length.toByteArray());
    out.writeBytes(metaBytes);
    out.writeBytes(dataset);
    return Files.write(file, out.toByteArray());
  }

  private static final class Elements {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void text(int group, int element, String vr, String value) {
      var bytes = value.getBytes(StandardCharsets.US_ASCII);
      if (bytes.length % 2 != 0) {
        bytes = Arrays.copyOf(bytes, bytes.length + 1);
        bytes[bytes.length - 1] = (byte) (vr.equals("UI") ? 0 : ' ');
      }
      element(group, element, vr, bytes);
    }

    void us(int group, int element, int value) {
      element(group, element, "US", new byte[] {(byte) value, (byte) (value >>> 8)});
    }

    void element(int group, int element, String vr, byte[] value) {
      head(group, element, vr);
      u16(value.length);
      out.writeBytes(value);
    }

    void longValue(int group, int element, String vr, byte[] value) {
      head(group, element, vr);
      u16(0);
      u16(value.length & 0xffff);
      u16(value.length >>> 16);
      out.writeBytes(value);
    }

    private void head(int group, int element, String vr) {
      u16(group);
      u16(element);
      out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
    }

    private void u16(int value) {
      out.write(value);
      out.write(value >>> 8);
    }

    byte[] toByteArray() {
      return out.toByteArray();
    }
  }
}
