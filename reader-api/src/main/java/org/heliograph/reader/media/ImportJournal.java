package org.heliograph.reader.media;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Remembers which files became which instances, so that a second run need not read them again. It
 * only saves time: the catalog is asked for each instance, and a lost line means reading a file
 * once more. Names are kept as digests. Safe for many threads.
 */
final class ImportJournal implements Closeable {
  private static final int LINES_BETWEEN_FLUSHES = 64;

  private final Map<UUID, Entry> known;
  private final BufferedWriter out;
  private int unflushed;

  private ImportJournal(Map<UUID, Entry> known, BufferedWriter out) {
    this.known = known;
    this.out = out;
  }

  /**
   * What a file became.
   *
   * @param instanceId in the catalog; 0 for what was no DICOM file
   * @param uidDigest of its SOP Instance UID, since ids come again in a restored database
   */
  record Entry(long instanceId, long uidDigest) {}

  /** The journal of imports from one source to one site. */
  static ImportJournal open(Path folder, String sourceAndSite) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Path file = folder.resolve(digest(sourceAndSite) + ".journal");
    Map<UUID, Entry> known = new HashMap<>();
    if (Files.exists(file)) {
      try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          read(line, known);
        }
      }
    }
    BufferedWriter out =
        Files.newBufferedWriter(
            file,
            StandardCharsets.ISO_8859_1,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
    out.newLine(); // after a line that was cut off
    return new ImportJournal(known, out);
  }

  Optional<Entry> find(Found file) {
    return Optional.ofNullable(known.get(digest(file.identity())));
  }

  void add(Found file, Entry entry) throws IOException {
    String line =
        digest(file.identity())
            + " "
            + Long.toHexString(entry.instanceId())
            + " "
            + Long.toHexString(entry.uidDigest())
            + " .\n";
    synchronized (this) {
      out.write(line);
      if (++unflushed >= LINES_BETWEEN_FLUSHES) {
        out.flush();
        unflushed = 0;
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }

  static long uidDigest(String uid) {
    return digest(uid).getMostSignificantBits();
  }

  private static void read(String line, Map<UUID, Entry> known) {
    String[] words = line.split(" ", -1);
    if (words.length == 4 && words[3].equals(".")) {
      try {
        known.put(
            UUID.fromString(words[0]),
            new Entry(Long.parseUnsignedLong(words[1], 16), Long.parseUnsignedLong(words[2], 16)));
      } catch (IllegalArgumentException _) {
        // A damaged line: its file is read once more.
      }
    }
  }

  private static UUID digest(String text) {
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
      return new UUID(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
