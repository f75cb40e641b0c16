package org.heliograph.node.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.work.BackOff;
import org.heliograph.node.work.Deadline;
import org.heliograph.node.work.Worker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the forms of reports, each from the byte where it broke off. A form gets its name when
 * its digest is right and its bytes are forced. For one thread.
 */
final class ReportFetch {
  private static final Logger LOG = LoggerFactory.getLogger(ReportFetch.class);
  private static final int PIECE_BYTES = 32 * 1024;
  private static final Duration TIME_FOR_PIECE = Duration.ofSeconds(90);
  private static final int WRONG_DIGESTS = 5;
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final BackOff PAUSES = new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(10));

  private final Inbox inbox;
  private final HubMessages hub;
  private final DurableFiles files;
  private final InstantSource clock;
  private final Map<UUID, Attempts> attempts = new HashMap<>();
  private volatile boolean linkIsBack;

  /** Not durable: after a restart all is tried at once. */
  private record Attempts(int failures, int wrongDigests, Instant dueAt) {
    Attempts dueAt(Instant at) {
      return new Attempts(failures, wrongDigests, at);
    }
  }

  private static final class WrongDigestException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongDigestException() {
      super("digest or length");
    }
  }

  ReportFetch(Inbox inbox, HubMessages hub, DurableFiles files, InstantSource clock) {
    this.inbox = inbox;
    this.hub = hub;
    this.files = files;
    this.clock = clock;
  }

  /** Fetches the report that is due first; when to look again. */
  Duration fetchNext() throws IOException, InterruptedException {
    Instant now = clock.instant();
    if (linkIsBack) {
      linkIsBack = false;
      attempts.replaceAll((id, each) -> each.dueAt(Instant.EPOCH));
    }
    InboxReport next = next(now);
    if (next == null) {
      attempts.clear();
      return Worker.UNTIL_WOKEN;
    }
    Duration early = Duration.between(now, attempts(next, now).dueAt());
    if (early.isPositive()) {
      return early;
    }
    try {
      fetch(next);
      attempts.remove(next.id());
      inbox.arrived(next.id());
      LOG.info("event=report.arrived report={}", next.id());
    } catch (HubMessages.NoSuchReportException e) {
      park(next, "GW-REPORT-GONE");
    } catch (WrongDigestException e) {
      failed(next, 1);
    } catch (IOException | RuntimeException e) {
      LOG.warn("event=report.broke_off cause={}", e.getClass().getName());
      failed(next, 0);
    }
    return Duration.ZERO;
  }

  private @Nullable InboxReport next(Instant now) {
    return inbox.reports().stream()
        .filter(each -> each.state() == InboxReport.State.ANNOUNCED)
        .min(
            Comparator.comparing((InboxReport each) -> attempts(each, now).dueAt())
                .thenComparing(InboxReport::announcedAt))
        .orElse(null);
  }

  private Attempts attempts(InboxReport report, Instant now) {
    Attempts known = attempts.get(report.id());
    // A clock that was set back must not keep us waiting.
    boolean late =
        known != null && known.dueAt().isAfter(now.plus(PAUSES.longest()).plusSeconds(600));
    return known == null || late ? new Attempts(0, 0, Instant.EPOCH) : known;
  }

  private void failed(InboxReport report, int wrongDigests) throws IOException {
    Attempts before = attempts(report, clock.instant());
    var after =
        new Attempts(
            before.failures() + 1,
            before.wrongDigests() + wrongDigests,
            clock.instant().plus(PAUSES.after(before.failures() + 1)));
    if (after.wrongDigests() >= WRONG_DIGESTS) {
      park(report, "GW-REPORT-DIGEST");
    } else {
      attempts.put(report.id(), after);
    }
  }

  private void park(InboxReport report, String code) throws IOException {
    LOG.warn("event=report.parked report={} code={}", report.id(), code);
    attempts.remove(report.id());
    inbox.change(report.id(), each -> each.parked(code));
  }

  /** The link is there again: what failed is due now. */
  void linkIsBack() {
    linkIsBack = true;
  }

  private void fetch(InboxReport report) throws IOException, InterruptedException {
    files.createFolders(inbox.folder(report));
    for (HubMessage.Form each : report.told().forms()) {
      ReportForm form = ReportForm.of(each.form()).orElse(null);
      if (form != null && !isWhole(inbox.file(report, form), each)) {
        fetch(report, form, each);
      }
    }
  }

  private void fetch(InboxReport report, ReportForm form, HubMessage.Form told)
      throws IOException, InterruptedException {
    Path file = inbox.file(report, form);
    Path begun = file.resolveSibling(form.word() + ".part");
    if (Files.exists(begun) && Files.size(begun) > told.sizeBytes()) {
      files.delete(begun);
    }
    boolean isNew = !Files.exists(begun);
    try (FileChannel channel = isNew ? files.create(begun) : files.open(begun)) {
      long have = channel.size();
      while (have < told.sizeBytes()) {
        byte[] piece = piece(report, form, have, told.sizeBytes() - have);
        files.write(channel, ByteBuffer.wrap(piece));
        have += piece.length;
      }
      files.force(channel);
    }
    if (!isWhole(begun, told)) {
      files.delete(begun);
      throw new WrongDigestException();
    }
    files.replace(begun, file);
    files.forceFolder(inbox.folder(report));
  }

  private byte[] piece(InboxReport report, ReportForm form, long from, long left)
      throws IOException, InterruptedException {
    int length = (int) Math.min(PIECE_BYTES, left);
    byte[] piece =
        Deadline.within(
            TIME_FOR_PIECE, () -> hub.report(report.told().delivery(), form.word(), from, length));
    if (piece.length == 0 || piece.length > left) {
      throw new WrongDigestException();
    }
    return piece;
  }

  private static boolean isWhole(Path file, HubMessage.Form told) throws IOException {
    if (!Files.exists(file) || Files.size(file) != told.sizeBytes()) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      var digest = MessageDigest.getInstance("SHA-256");
      var buffer = new byte[BUFFER_BYTES];
      int count;
      while ((count = in.read(buffer)) >= 0) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest()).equals(told.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
