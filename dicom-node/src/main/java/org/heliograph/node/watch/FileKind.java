package org.heliograph.node.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** What a file is, by its first bytes; its name is not believed where they speak. */
enum FileKind {
  DICOM("", Long.MAX_VALUE),
  JPEG("image/jpeg", 25_000_000),
  PNG("image/png", 25_000_000),
  PDF("application/pdf", 64L << 20),
  PHONE("", 0),
  EMPTY("", 0),
  UNKNOWN("", 0);

  private static final int HEAD = 132;
  private static final int TAIL = 1024;
  private static final Set<String> PHONE_BRANDS =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis");

  private final String mediaType;
  private final long mostBytes;

  FileKind(String mediaType, long mostBytes) {
    this.mediaType = mediaType;
    this.mostBytes = mostBytes;
  }

  /** Of a document; empty for what is none. */
  String mediaType() {
    return mediaType;
  }

  long mostBytes() {
    return mostBytes;
  }

  boolean isDocument() {
    return !mediaType.isEmpty();
  }

  static FileKind of(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      head = in.readNBytes(HEAD);
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.isEmpty()) {
      return EMPTY;
    }
    if (text.startsWith("DICM", 128)) {
      return DICOM;
    }
    if (text.startsWith("\u00FF\u00D8\u00FF")) {
      return JPEG;
    }
    if (text.startsWith("\u0089PNG\r\n\u001A\n")) {
      return PNG;
    }
    if (text.startsWith("%PDF-")) {
      return PDF;
    }
    boolean phone =
        (text.startsWith("ftyp", 4) && text.length() >= 12)
            ? PHONE_BRANDS.contains(text.substring(8, 12))
            : text.startsWith("RIFF") && text.startsWith("WEBP", 8);
    if (phone) {
      return PHONE;
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    // Old exports have neither a preamble nor a head: the spool can tell.
    boolean named = name.endsWith(".dcm") || name.endsWith(".dicom") || name.endsWith(".ima");
    return named || startsAsDataset(head) ? DICOM : UNKNOWN;
  }

  /** Group 0002 or 0008 in little endian, a low element number. */
  private static boolean startsAsDataset(byte[] head) {
    return head.length > 8 && (head[0] == 2 || head[0] == 8) && head[1] == 0 && head[3] == 0;
  }

  /** Whether the file's end is there, as far as its kind can tell. */
  boolean isWhole(Path file) throws IOException {
    return switch (this) {
      case JPEG -> tail(file).contains("\u00FF\u00D9");
      case PNG -> tail(file).contains("IEND");
      case PDF -> tail(file).contains("%%EOF");
      case DICOM, PHONE, EMPTY, UNKNOWN -> true;
    };
  }

  private static String tail(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(Math.max(0, channel.size() - TAIL));
      ByteBuffer buffer = ByteBuffer.allocate(TAIL);
      int n = 0;
      while (n >= 0 && buffer.hasRemaining()) {
        n = channel.read(buffer);
      }
      return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
    }
  }
}
