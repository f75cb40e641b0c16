package org.heliograph.node.spool;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.jspecify.annotations.Nullable;

/** What preparing gave. */
final class PreparedEntry {
  private static final int FIXED_BYTES = 27;
  private static final int NEW_FILE = 1;
  private static final int PREVIEW = 2;
  private static final int LOSSY = 4;

  final String syntax;
  final long datasetBytes;

  /** Part of the names of its files, so that those of an earlier attempt are told apart. */
  final int tag;

  private final short headBytes;
  final boolean newFile;
  final boolean preview;
  final boolean lossy;
  final int rows;
  final int columns;
  final int frames;

  /** The digest of the data set, then that of the pixels if there is one. */
  private final byte[] digests;

  /**
   * @param digests 32 bytes, or 64 with the pixel digest
   * @param rows -1 if it is no image
   */
  PreparedEntry(
      String syntax,
      long datasetBytes,
      int tag,
      int headBytes,
      boolean newFile,
      boolean preview,
      boolean lossy,
      int rows,
      int columns,
      int frames,
      byte[] digests) {
    this.syntax = syntax.intern();
    this.datasetBytes = datasetBytes;
    this.tag = tag;
    this.headBytes = (short) headBytes;
    this.newFile = newFile;
    this.preview = preview;
    this.lossy = lossy;
    this.rows = rows;
    this.columns = columns;
    this.frames = frames;
    this.digests = digests;
  }

  static PreparedEntry of(Prepared prepared, int tag, int headBytes) {
    HexFormat hex = HexFormat.of();
    String pixels = prepared.pixelDigest();
    byte[] digests = hex.parseHex(prepared.digest() + (pixels == null ? "" : pixels));
    if (digests.length != (pixels == null ? 1 : 2) * Entry.DIGEST_BYTES) {
      throw new IllegalArgumentException("a digest has 64 hexadecimal digits");
    }
    return new PreparedEntry(
        prepared.syntax().value().value(),
        prepared.datasetBytes(),
        tag,
        headBytes,
        prepared.newFile() != null,
        prepared.newPreview() != null,
        prepared.lossy(),
        orNone(prepared.rows()),
        orNone(prepared.columns()),
        prepared.numberOfFrames(),
        digests);
  }

  /** All but the transfer syntax, in 91 bytes at most. */
  byte[] pack() {
    int flags = (newFile ? NEW_FILE : 0) | (preview ? PREVIEW : 0) | (lossy ? LOSSY : 0);
    return ByteBuffer.allocate(FIXED_BYTES + digests.length)
        .putLong(datasetBytes)
        .putInt(tag)
        .putShort(headBytes)
        .put((byte) flags)
        .putInt(rows)
        .putInt(columns)
        .putInt(frames)
        .put(digests)
        .array();
  }

  static PreparedEntry unpack(String syntax, byte[] packed) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    long bytes = in.getLong();
    int tag = in.getInt();
    int head = Short.toUnsignedInt(in.getShort());
    int flags = in.get();
    return new PreparedEntry(
        syntax,
        bytes,
        tag,
        head,
        (flags & NEW_FILE) != 0,
        (flags & PREVIEW) != 0,
        (flags & LOSSY) != 0,
        in.getInt(),
        in.getInt(),
        in.getInt(),
        Arrays.copyOfRange(packed, FIXED_BYTES, packed.length));
  }

  private static int orNone(@Nullable Integer value) {
    return value == null ? -1 : value;
  }

  /** Of its file, before the data set. */
  int headBytes() {
    return Short.toUnsignedInt(headBytes);
  }

  /** Hexadecimal. */
  String digest() {
    return HexFormat.of().formatHex(digests, 0, Entry.DIGEST_BYTES);
  }

  /** As the journal keeps them. */
  byte[] digests() {
    return digests;
  }

  Prepared told() {
    HexFormat hex = HexFormat.of();
    return new Prepared(
        TransferSyntaxUid.of(syntax),
        digest(),
        datasetBytes,
        digests.length > Entry.DIGEST_BYTES
            ? hex.formatHex(digests, Entry.DIGEST_BYTES, digests.length)
            : null,
        lossy,
        rows < 0 ? null : Integer.valueOf(rows),
        columns < 0 ? null : Integer.valueOf(columns),
        frames,
        null,
        null);
  }
}
