package org.heliograph.node.gateway;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.node.inbox.Delivery;
import org.heliograph.node.inbox.InboxReport;
import org.heliograph.node.lan.CommitmentJournal;
import org.heliograph.node.lan.StepQueue;
import org.heliograph.node.spool.DamagedFile;
import org.heliograph.node.spool.InstanceState;
import org.heliograph.node.spool.ParcelRecord;
import org.heliograph.node.spool.SpooledDocument;
import org.heliograph.node.spool.SpooledInstance;
import org.heliograph.node.status.GatewayCode;
import org.heliograph.node.status.StatusDocument.Kind;
import org.heliograph.node.status.StatusDocument.Parked;
import org.jspecify.annotations.Nullable;

/** What does not go on by itself, of all parts of the gateway, and how it is tried again. */
final class ParkedView {
  private static final int MOST_OF_EACH = 100;
  private static final String COMMITMENT = "commitment-";

  private final Stores stores;

  ParkedView(Stores stores) {
    this.stores = stores;
  }

  List<Parked> list() {
    List<Parked> all = new ArrayList<>();
    for (SpooledInstance each : stores.spool().in(InstanceState.PARKED, MOST_OF_EACH)) {
      all.add(of(each, Kind.INSTANCE, true));
    }
    for (SpooledDocument each : stores.spool().documentsIn(InstanceState.PARKED, MOST_OF_EACH)) {
      String study = StudyView.id(StudyInstanceUid.of(each.study().studyInstanceUid()));
      all.add(of(each.id().toString(), Kind.FILE, study, each.receivedAt(), each.code(), true));
    }
    for (ParcelRecord each : stores.spool().openParcels()) {
      if (!each.code().isEmpty()) {
        all.add(
            of(each.id().toString(), Kind.PARCEL, study(each), each.closedAt(), each.code(), true));
      }
    }
    for (SpooledInstance each : stores.spool().in(InstanceState.QUARANTINED, MOST_OF_EACH)) {
      all.add(of(each, Kind.QUARANTINED, false));
    }
    for (DamagedFile each : damaged()) {
      all.add(of(each.id().toString(), Kind.DAMAGED, null, each.at(), each.code(), false));
    }
    stores.inbox().reports().stream()
        .filter(InboxReport::isParked)
        .limit(MOST_OF_EACH)
        .forEach(each ->
            all.add(
                of(each.id().toString(), Kind.REPORT, null, each.announcedAt(), code(each), true)));
    for (StepQueue.Waiting each : stores.steps().waiting()) {
      if (!each.code().isEmpty() && all.size() < 6 * MOST_OF_EACH) {
        all.add(
            of(
                each.sopInstance().value().value(),
                Kind.PERFORMED_STEP,
                null,
                each.changedAt(),
                each.code(),
                true));
      }
    }
    for (CommitmentJournal.Waiting each : stores.commitments().parked()) {
      all.add(
          of(COMMITMENT + each.id(), Kind.COMMITMENT, null, each.acceptedAt(), each.code(), true));
    }
    return all;
  }

  /** Tries one again, or all. */
  int retry(String id) throws IOException {
    int count = 0;
    for (Parked each : list()) {
      if (each.retry() && (id.equals("all") || each.id().equals(id))) {
        retry(each);
        count++;
      }
    }
    return count;
  }

  private void retry(Parked parked) throws IOException {
    switch (parked.kind()) {
      case INSTANCE, FILE, PARCEL -> stores.spool().retry(UUID.fromString(parked.id()));
      case REPORT -> stores.inbox().retry(UUID.fromString(parked.id()));
      case PERFORMED_STEP ->
          stores.steps().retry(org.heliograph.dicom.data.SopInstanceUid.of(parked.id()));
      case COMMITMENT ->
          stores.commitments().retry(Long.parseLong(parked.id().substring(COMMITMENT.length())));
      case QUARANTINED, DAMAGED -> {}
    }
  }

  private List<DamagedFile> damaged() {
    try {
      return stores.spool().damaged(MOST_OF_EACH);
    } catch (IOException e) {
      return List.of();
    }
  }

  private @Nullable String study(ParcelRecord parcel) {
    return parcel.instances().stream()
        .findFirst()
        .flatMap(stores.spool()::find)
        .map(each -> StudyView.id(each.study()))
        .orElse(null);
  }

  private static String code(InboxReport report) {
    return report.state() == InboxReport.State.PARKED
        ? report.code()
        : report.deliveries().stream()
            .filter(each -> each.state() == Delivery.State.PARKED)
            .map(Delivery::code)
            .findFirst()
            .orElse("");
  }

  private static Parked of(SpooledInstance instance, Kind kind, boolean retry) {
    return of(
        instance.id().toString(),
        kind,
        StudyView.id(instance.study()),
        instance.receivedAt(),
        instance.code(),
        retry);
  }

  private static Parked of(
      String id, Kind kind, @Nullable String study, Instant since, String code, boolean retry) {
    GatewayCode words = GatewayCode.of(code);
    return new Parked(id, kind, study, since, code, words.reason(), words.next(), retry);
  }
}
