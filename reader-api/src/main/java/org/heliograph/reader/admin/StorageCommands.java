package org.heliograph.reader.admin;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.heliograph.archive.blob.move.MoveOrders;
import org.heliograph.archive.blob.move.MoveStatus;
import org.heliograph.archive.integrity.Scrub;
import org.heliograph.archive.integrity.ScrubStatus;
import org.heliograph.reader.UsageException;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The move between stores, and the scrub: orders are written down, the running hub follows. */
final class StorageCommands {
  private static final long DEFAULT_RATE = 50L << 20;

  private final JdbcClient sql;
  private final MoveOrders move;
  private final InstantSource clock = InstantSource.system();

  StorageCommands(DataSource database) {
    this.sql = JdbcClient.create(database);
    this.move =
        new MoveOrders(sql, new TransactionTemplate(new JdbcTransactionManager(database)), clock);
  }

  Answer migrate(Request request) {
    if (!move.begin(rate(request))) {
      throw new ProblemException(ProblemCode.NOTHING_TO_MOVE);
    }
    return status();
  }

  Answer dropSource() {
    if (!move.dropSource()) {
      throw new ProblemException(ProblemCode.MOVE_NOT_ENDED);
    }
    return status();
  }

  Answer status() {
    MoveStatus status = move.status();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("inUse", status.inUse());
    view.put("source", status.source());
    view.put("state", status.state());
    view.put("waiting", status.waiting());
    view.put("waitingBytes", status.waitingBytes());
    view.put("copied", status.copied());
    view.put("copiedBytes", status.copiedBytes());
    view.put("gone", status.gone());
    view.put("damaged", status.damaged());
    view.put("bytesPerSecond", status.bytesPerSecond());
    view.put("beganAt", status.beganAt());
    view.put("doneAt", status.doneAt());
    return new Answer(
        view,
        List.of(
            "in use  " + status.inUse(),
            "source  " + (status.source() == null ? "none" : status.source()),
            "move    "
                + status.state()
                + "  copied "
                + status.copied()
                + " ("
                + status.copiedBytes()
                + " bytes), waiting "
                + status.waiting()
                + " ("
                + status.waitingBytes()
                + " bytes), damaged "
                + status.damaged()));
  }

  Answer scrub() {
    ScrubStatus status = Scrub.status(sql, clock);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("pass", status.pass());
    view.put("phase", status.phase());
    view.put("blobs", status.blobs());
    view.put("bytes", status.bytes());
    view.put("beganAt", status.beganAt());
    view.put("endedAt", status.endedAt());
    view.put("openFindings", status.openFindings());
    return new Answer(
        view,
        List.of(
            "pass      " + status.pass() + (status.endedAt() == null ? "  running" : "  ended"),
            "read      " + status.blobs() + " blobs, " + status.bytes() + " bytes",
            "findings  " + status.openFindings()));
  }

  private static long rate(Request request) {
    String value = request.option("--rate").orElse(Long.toString(DEFAULT_RATE));
    try {
      long rate = Long.parseLong(value);
      if (rate > 0) {
        return rate;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException("The value of --rate is not a number of bytes: " + value);
  }
}
