package org.heliograph.reader.parcels;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.heliograph.node.link.HubMessage;
import org.heliograph.reader.gateways.Outbox;
import org.heliograph.reader.intake.UploadFiles;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the chunks of parts. What came is forced to the disk before any offset is told; the row has
 * the verified offset, below which every byte was under a right checksum. No transaction is open
 * while bytes travel.
 */
@Component
class PartUploads {
  private static final Logger log = LoggerFactory.getLogger(PartUploads.class);
  private static final long GIBIBYTE = 1L << 30;

  /** A writer that heard nothing for so long has lost its sender: a newer request may have it. */
  private static final long LOST_AFTER_NANOS = 2_000_000_000L;

  private final PartRows rows;
  private final UploadFiles files;
  private final HubIdentity hub;
  private final Outbox outbox;
  private final PartBell bell;
  private final TransactionTemplate transaction;
  private final Map<UUID, Active> writing = new ConcurrentHashMap<>();

  PartUploads(
      PartRows rows,
      UploadFiles files,
      HubIdentity hub,
      Outbox outbox,
      PartBell bell,
      TransactionTemplate transaction) {
    this.rows = rows;
    this.files = files;
    this.hub = hub;
    this.outbox = outbox;
    this.bell = bell;
    this.transaction = transaction;
  }

  /** How far a part is, as its gateway is told. */
  record Standing(long offset, long verifiedOffset, boolean whole) {}

  /** What became of a chunk. */
  sealed interface Outcome {
    /** It is durable and verified; if it was the last one, the part is whole. */
    record Taken(Standing standing) implements Outcome {}

    /** It is not taken, for this reason. */
    record Refused(ProblemCode code, Standing standing, List<Object> facts) implements Outcome {
      Refused(ProblemCode code, Standing standing, Object... facts) {
        this(code, standing, List.of(facts));
      }
    }
  }

  /** A request that writes, and when it last got a byte. */
  private static final class Active {
    private final UploadFiles.Writer writer;
    private volatile long heardAt = System.nanoTime();
    private volatile boolean listening = true;
    private volatile boolean gone;

    Active(UploadFiles.Writer writer) {
      this.writer = writer;
    }

    boolean isLost() {
      return listening && System.nanoTime() - heardAt > LOST_AFTER_NANOS;
    }
  }

  /** The same; a part whose last answer was lost becomes whole now. */
  Standing settled(PartRow part) throws IOException {
    Standing standing = standing(part);
    if (standing.whole() || standing.offset() < part.lengthBytes()) {
      return standing;
    }
    try (var writer = files.write(part.fileId()).orElse(null)) {
      PartRow now = rows.byId(part.parcel(), part.number()).orElseThrow();
      return writer == null || !now.isArriving() || writer.length() != now.lengthBytes()
          ? standing(now)
          : standing(finish(now, writer));
    }
  }

  private static Standing standing(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Taken taken -> taken.standing();
      case Outcome.Refused refused -> refused.standing();
    };
  }

  /** How far a part is. */
  Standing standing(PartRow part) throws IOException {
    if (!part.isArriving()) {
      return new Standing(part.lengthBytes(), part.lengthBytes(), true);
    }
    if (!hub.id().equals(part.keeper())) {
      return new Standing(0, 0, false);
    }
    long length = files.durableLength(part.fileId()).orElse(0L);
    return length < part.verifiedBytes()
        ? new Standing(0, 0, false)
        : new Standing(Math.min(length, part.lengthBytes()), part.verifiedBytes(), false);
  }

  /**
   * Takes one chunk.
   *
   * @param checksum SHA-256 of all from the verified offset to the chunk's end, hexadecimal
   * @throws IOException the disk failed
   */
  Outcome append(PartRow asked, long offset, long chunkBytes, String checksum, InputStream body)
      throws IOException {
    requireSpace(chunkBytes);
    UploadFiles.Writer writer = open(asked).orElse(null);
    if (writer == null) {
      return new Outcome.Refused(ProblemCode.UPLOAD_LOCKED, standing(asked));
    }
    var active = new Active(writer);
    writing.put(asked.fileId(), active);
    try (writer) {
      // Once more, now that nobody else writes.
      PartRow part = rows.byId(asked.parcel(), asked.number()).orElseThrow();
      if (!part.isArriving()) {
        return new Outcome.Refused(ProblemCode.PART_WHOLE, standing(part));
      }
      return append(active, startingAgain(part, writer), offset, chunkBytes, checksum, body);
    } finally {
      writing.remove(asked.fileId(), active);
    }
  }

  /** The part; from its beginning where this hub does not have what its row says. */
  private PartRow startingAgain(PartRow part, UploadFiles.Writer writer) throws IOException {
    if (hub.id().equals(part.keeper()) && writer.length() >= part.verifiedBytes()) {
      return part;
    }
    writer.truncate(0);
    rows.keptHere(part);
    return rows.byId(part.parcel(), part.number()).orElseThrow();
  }

  private Outcome append(
      Active active, PartRow part, long offset, long chunkBytes, String checksum, InputStream body)
      throws IOException {
    UploadFiles.Writer writer = active.writer;
    long here = writer.length();
    if (here > part.lengthBytes()) {
      writer.truncate(part.verifiedBytes());
      here = part.verifiedBytes();
    }
    if (here != offset) {
      return new Outcome.Refused(ProblemCode.UPLOAD_OFFSET, standing(part), offset, here);
    }
    if (chunkBytes > part.lengthBytes() - here) {
      return new Outcome.Refused(
          ProblemCode.UPLOAD_TOO_LARGE, standing(part), here + chunkBytes, part.lengthBytes());
    }
    var digest = UploadFiles.sha256();
    writer.digestFrom(part.verifiedBytes(), digest);
    try {
      writer.append(new Heard(body, active), chunkBytes, digest);
    } catch (ClosedChannelException e) {
      return new Outcome.Refused(ProblemCode.UPLOAD_LOCKED, standing(part));
    } catch (IOException e) {
      if (!active.gone) {
        throw e;
      }
    }
    active.listening = false;
    long now = writer.length();
    if (now < here + chunkBytes) {
      // The sender was cut off before the end: kept, and not verified.
      log.info("event=part.cut parcel={} part={}", part.parcel(), part.number());
      return new Outcome.Refused(ProblemCode.UPLOAD_OFFSET, standing(part), here + chunkBytes, now);
    }
    if (!checksum.equals(HexFormat.of().formatHex(digest.digest()))) {
      writer.truncate(part.verifiedBytes());
      return new Outcome.Refused(ProblemCode.UPLOAD_CHECKSUM, standing(part));
    }
    return now == part.lengthBytes() ? finish(part, writer) : verified(part, now);
  }

  private Outcome verified(PartRow part, long bytes) throws IOException {
    return rows.verified(part, bytes)
        ? new Outcome.Taken(new Standing(bytes, bytes, false))
        : new Outcome.Refused(ProblemCode.UPLOAD_LOCKED, standing(part));
  }

  /** All bytes are here: the part is whole if they are the right ones, and begins again if not. */
  private Outcome finish(PartRow part, UploadFiles.Writer writer) throws IOException {
    if (part.digest().equals(files.digest(part.fileId()))) {
      if (!rows.whole(part)) {
        return new Outcome.Refused(ProblemCode.UPLOAD_LOCKED, standing(part));
      }
      log.info(
          "event=part.whole parcel={} part={} bytes={}",
          part.parcel(),
          part.number(),
          part.lengthBytes());
      bell.ring();
      return new Outcome.Taken(new Standing(part.lengthBytes(), part.lengthBytes(), true));
    }
    log.warn("event=part.digest_wrong parcel={} part={}", part.parcel(), part.number());
    writer.truncate(0);
    transaction.executeWithoutResult(status -> wanted(part, ProblemCode.PART_DIGEST));
    return new Outcome.Refused(ProblemCode.PART_DIGEST, new Standing(0, 0, false));
  }

  /** Has the part sent again from its beginning, in the caller's transaction. */
  void wanted(PartRow part, ProblemCode why) {
    if (rows.reset(part)) {
      outbox.add(
          part.gateway(),
          new HubMessage.PartWanted(0, part.parcelUuid(), part.number(), why.code()));
    }
  }

  private Optional<UploadFiles.Writer> open(PartRow part) throws IOException {
    if (files.length(part.fileId()).isEmpty()) {
      if (part.keeper() != null && !hub.id().equals(part.keeper()) && part.touchedLately()) {
        throw new ProblemException(ProblemCode.BUSY, "the hub process that has this part");
      }
      try {
        files.create(part.fileId());
      } catch (FileAlreadyExistsException e) {
        // Another request made it just now.
      }
    }
    Optional<UploadFiles.Writer> writer = files.write(part.fileId());
    Active other = writing.get(part.fileId());
    if (writer.isEmpty() && other != null && other.isLost()) {
      log.info("event=part.taken_over parcel={} part={}", part.parcel(), part.number());
      other.writer.close();
      return files.write(part.fileId());
    }
    return writer;
  }

  private void requireSpace(long chunkBytes) throws IOException {
    long reserve = Math.min(GIBIBYTE, files.totalBytes() / 50);
    if (files.usableBytes() - chunkBytes < reserve) {
      throw new ProblemException(ProblemCode.NO_SPACE);
    }
  }

  /** Notes when the sender was heard last. */
  private static final class Heard extends InputStream {
    private final InputStream body;
    private final Active active;

    Heard(InputStream body, Active active) {
      this.body = body;
      this.active = active;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int count = body.read(buffer, offset, length);
        active.heardAt = System.nanoTime();
        return count;
      } catch (IOException e) {
        active.gone = true;
        throw e;
      }
    }
  }
}
