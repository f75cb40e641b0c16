package org.heliograph.node.lan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.heliograph.dicom.durable.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last answer to a conditional question, in a file that is replaced as a whole. What is not
 * whole counts as not there: the hub is asked again.
 */
final class CachedAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(CachedAnswer.class);

  private final String etag;
  private final Instant fetchedAt;
  private final byte[] body;

  CachedAnswer(String etag, Instant fetchedAt, byte[] body) {
    this.etag = etag;
    this.fetchedAt = fetchedAt;
    this.body = body.clone();
  }

  String etag() {
    return etag;
  }

  /** By our clock, before the hub was asked. */
  Instant fetchedAt() {
    return fetchedAt;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The same answer, seen to be right still. */
  CachedAnswer seenAt(Instant at) {
    return new CachedAnswer(etag, at, body);
  }

  /** Reads what is there. */
  static Optional<CachedAnswer> read(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    byte[] all = Files.readAllBytes(file);
    int line = 0;
    while (line < all.length && all[line] != '\n') {
      line++;
    }
    List<String> head = List.of(new String(all, 0, line, StandardCharsets.UTF_8).split(" ", 3));
    byte[] body = Arrays.copyOfRange(all, Math.min(line + 1, all.length), all.length);
    try {
      if (head.size() == 3 && head.getFirst().equals(digest(body))) {
        return Optional.of(new CachedAnswer(head.get(2), Instant.parse(head.get(1)), body));
      }
    } catch (DateTimeException _) {
      // said below
    }
    LOG.warn("event=cache.damaged file={}", name);
    return Optional.empty();
  }

  /** Replaces what is there; durable then. */
  void write(Path folder, String name, DurableFiles files) throws IOException {
    Path fresh = folder.resolve(name + ".new");
    String head = digest(body) + " " + fetchedAt + " " + etag + "\n";
    files.delete(fresh);
    try (var channel = files.create(fresh)) {
      files.write(channel, ByteBuffer.wrap(head.getBytes(StandardCharsets.UTF_8)));
      files.write(channel, ByteBuffer.wrap(body));
      files.force(channel);
    }
    files.replace(fresh, folder.resolve(name));
    files.forceFolder(folder);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
