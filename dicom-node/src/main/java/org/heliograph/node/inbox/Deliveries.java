package org.heliograph.node.inbox;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.io.DicomFormatException;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.NoAcceptedContextException;
import org.heliograph.dicom.net.ul.AssociationException;
import org.heliograph.dicom.net.ul.Retry;
import org.heliograph.node.peer.PeerConnections;
import org.heliograph.node.work.BackOff;
import org.heliograph.node.work.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings reports to their places, one at a time, those that are due first. A place that cannot be
 * reached is tried for days, one that refuses some times; then a person has to look.
 */
final class Deliveries {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
  private static final int REFUSALS = 5;
  private static final BackOff PAUSES = new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(15));

  private final Inbox inbox;
  private final InboxSettings settings;
  private final PacsDelivery pacs;
  private final PrintDelivery print;
  private final InstantSource clock;

  private record Due(InboxReport report, Delivery delivery) {}

  Deliveries(
      Inbox inbox,
      InboxSettings settings,
      PeerConnections connections,
      DurableFiles files,
      InstantSource clock) {
    this.inbox = inbox;
    this.settings = settings;
    this.pacs = new PacsDelivery(inbox, settings, connections);
    this.print = new PrintDelivery(inbox, settings, files);
    this.clock = clock;
  }

  /** Makes the next attempt; when to look again. */
  Duration deliverNext() throws IOException {
    Due due = next().orElse(null);
    if (due == null) {
      return Worker.UNTIL_WOKEN;
    }
    Instant now = clock.instant();
    Duration early = Duration.between(now, due.delivery().dueAt());
    // Not longer than a pause can be, whatever became of the clock.
    if (early.isPositive() && early.compareTo(PAUSES.longest().multipliedBy(2)) < 0) {
      return early;
    }
    try {
      DimseStatus refusal = deliver(due);
      if (refusal == null) {
        change(due, each -> each.done(clock.instant()));
        LOG.info(
            "event=report.delivered report={} place={}", due.report().id(), due.delivery().place());
      } else {
        failed(due, "STATUS_" + refusal.hex(), refusal.retry() == Retry.NEVER);
      }
    } catch (IOException e) {
      failed(due, code(e), isRefusal(e));
    } catch (RuntimeException e) {
      LOG.error("event=report.delivery.fault fault={}", e.getClass().getName());
      failed(due, "GW-REPORT-FAULT", true);
    }
    return Duration.ZERO;
  }

  private Optional<Due> next() {
    return inbox.reports().stream()
        .filter(each -> each.state() == InboxReport.State.HERE)
        .flatMap(report ->
            report.deliveries().stream()
                .filter(Delivery::isOpen)
                .map(each -> new Due(report, each)))
        .min(Comparator.comparing(each -> each.delivery().dueAt()));
  }

  /** Null is success. */
  private @org.jspecify.annotations.Nullable DimseStatus deliver(Due due) throws IOException {
    if (!settings.delivers(due.delivery().place())) {
      // It was set once and is not any more.
      throw new NoLongerWantedException();
    }
    return switch (due.delivery().place()) {
      case PACS_SR -> pacs.store(due.report(), ReportForm.SR);
      case PACS_PDF -> pacs.store(due.report(), ReportForm.PDF);
      case PRINT -> {
        print.place(due.report(), due.delivery());
        yield null;
      }
    };
  }

  private static final class NoLongerWantedException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private void failed(Due due, String code, boolean refused) throws IOException {
    Instant now = clock.instant();
    int failures = due.delivery().failures() + 1;
    Instant arrivedAt = due.report().arrivedAt();
    boolean overdue = arrivedAt == null || arrivedAt.plus(settings.patience()).isBefore(now);
    boolean giveUp = overdue ? failures >= REFUSALS : refused && failures >= REFUSALS;
    LOG.warn(
        "event=report.not_delivered report={} place={} code={} failures={} parked={}",
        due.report().id(),
        due.delivery().place(),
        code,
        failures,
        giveUp);
    change(
        due,
        each ->
            giveUp ? each.parked(now, code) : each.later(now.plus(PAUSES.after(failures)), code));
  }

  private void change(Due due, java.util.function.UnaryOperator<Delivery> change)
      throws IOException {
    inbox.change(due.report().id(), each -> each.with(due.delivery().place(), change));
  }

  private static boolean isRefusal(IOException fault) {
    return switch (fault) {
      case AssociationException known -> known.retry() == Retry.NEVER;
      case NoAcceptedContextException _ -> true;
      case NoLongerWantedException _ -> true;
      case DicomFormatException _ -> true;
      default -> false;
    };
  }

  private static String code(IOException fault) {
    return switch (fault) {
      case AssociationException known -> known.code();
      case NoAcceptedContextException _ -> "NO_CONTEXT";
      case NoLongerWantedException _ -> "NOT_SET";
      case DicomFormatException _ -> "GW-REPORT-DAMAGED";
      case PrintDelivery.NoFolderException _ -> "NO_FOLDER";
      default -> "UNREACHABLE";
    };
  }
}
