package org.heliograph.reader.backup;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.integrity.StoredDigest;
import org.heliograph.archive.integrity.StoredDigest.Phase;

/** The list of the blobs of a generation, one to a line: key, kind, site, size, digest, offset. */
final class BlobList implements Closeable {
  private static final String FILE = "blobs.list.gz";
  private static final int COLUMNS = 6;

  private final MessageDigest digest = Durable.sha256();
  private final Path file;
  private final BufferedWriter out;
  private long count;
  private long bytes;

  private BlobList(Path file) throws IOException {
    this.file = file;
    OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16);
    this.out =
        new BufferedWriter(
            new OutputStreamWriter(
                new DigestOutputStream(zipped, digest), StandardCharsets.US_ASCII));
  }

  static BlobList create(Path folder) throws IOException {
    return new BlobList(folder.resolve(FILE));
  }

  void add(StoredDigest blob) {
    try {
      out.write(
          blob.key().id()
              + " "
              + blob.storedAs()
              + " "
              + blob.siteId()
              + " "
              + blob.byteCount()
              + " "
              + HexFormat.of().formatHex(blob.sha256())
              + " "
              + (blob.datasetOffset() == null ? "-" : blob.datasetOffset())
              + "\n");
      count++;
      bytes += blob.byteCount();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long count() {
    return count;
  }

  long bytes() {
    return bytes;
  }

  /** Ends it and gives its digest. */
  String finish() throws IOException {
    out.close();
    Durable.force(file);
    return Durable.hex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** Takes what the list says. */
  interface Taker {
    void take(StoredDigest blob) throws IOException, InterruptedException;
  }

  /**
   * Reads the list of a generation.
   *
   * @throws BackupException it is not what was written; some of it has been handed over
   */
  static void read(Path folder, Manifest.Blobs expected, Taker taker)
      throws IOException, InterruptedException {
    MessageDigest digest = Durable.sha256();
    try (InputStream in =
            new DigestInputStream(
                new GZIPInputStream(Files.newInputStream(folder.resolve(FILE)), 1 << 16), digest);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        taker.take(parse(line));
      }
    } catch (java.io.EOFException | java.util.zip.ZipException e) {
      throw new BackupException("The list of blobs is damaged.");
    }
    if (!Durable.hex(digest.digest()).equals(expected.listSha256())) {
      throw new BackupException("The list of blobs is not what was written.");
    }
  }

  private static StoredDigest parse(String line) throws BackupException {
    try {
      String[] words = line.split(" ", COLUMNS);
      return new StoredDigest(
          new BlobKey(UUID.fromString(words[0])),
          0,
          Phase.valueOf(words[1]),
          UUID.fromString(words[2]),
          Long.parseLong(words[3]),
          HexFormat.of().parseHex(words[4]),
          words[5].equals("-") ? null : Integer.valueOf(words[5]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new BackupException("The list of blobs is damaged.");
    }
  }
}
