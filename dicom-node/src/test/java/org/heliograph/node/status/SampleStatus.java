package org.heliograph.node.status;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.status.StatusDocument.Disk;
import org.heliograph.node.status.StatusDocument.Kind;
import org.heliograph.node.status.StatusDocument.Link;
import org.heliograph.node.status.StatusDocument.LinkState;
import org.heliograph.node.status.StatusDocument.Parked;
import org.heliograph.node.status.StatusDocument.Report;
import org.heliograph.node.status.StatusDocument.Step;
import org.heliograph.node.status.StatusDocument.Study;
import org.heliograph.node.status.StatusDocument.Worklist;
import org.jspecify.annotations.Nullable;

/** A gateway with something of everything, for tests and pictures of the page. */
final class SampleStatus implements StatusSource {
  static final UUID REPORT = UUID.fromString("3b241101-e2bb-4255-8caf-4136c566a962");
  private static final Instant NOW = Instant.parse("2026-11-21T22:40:00Z");

  private final @Nullable Path pdf;
  private final boolean canUnlock;

  /** What was asked for. */
  final List<String> changes = new CopyOnWriteArrayList<>();

  volatile LinkState state = LinkState.UP;

  SampleStatus(@Nullable Path pdf, boolean canUnlock) {
    this.pdf = pdf;
    this.canUnlock = canUnlock;
  }

  @Override
  public StatusDocument look(Sight sight) {
    boolean names = sight == Sight.WITH_PATIENTS;
    List<Study> studies = new ArrayList<>();
    studies.add(
        study(
            "K7Q2MD",
            null,
            "DX",
            2,
            Urgency.EMERGENCY,
            Step.SENDING,
            2_107_000,
            4_900_000,
            3L,
            names));
    studies.add(
        study(
            "B3XW9A", null, "CT", 412, Urgency.ROUTINE, Step.PREPARED, 0, 98_000_000, null, names));
    studies.add(
        study("TT4P2C", null, "US", 14, Urgency.ROUTINE, Step.RECEIVED, 0, 9_200_000, null, names));
    studies.add(
        study("H2M6ZE", "2026-000412", "CR", 1, Urgency.URGENT, Step.QUESTION, 1, 1, null, names));
    studies.add(
        study(
            "QY8R1F", "2026-000409", "DX", 2, Urgency.ROUTINE, Step.BEING_READ, 1, 1, null, names));
    studies.add(
        study(
            "A1B2C3",
            "2026-000397",
            "DX",
            2,
            Urgency.ROUTINE,
            Step.REPORT_READY,
            1,
            1,
            null,
            names));
    return new StatusDocument(
        "Kibera Health Centre",
        "Heliograph 0.1.0",
        NOW.minusSeconds(86_000),
        NOW,
        names,
        canUnlock,
        new Link(
            state, "hub.example.org", state == LinkState.UP ? 4L : 1_900L, 41_200L, 64_000L, ""),
        new StatusDocument.Waiting(429, 112_000_000, 1_500L, 38L, 1, 1, 0, 1_204),
        new Disk(61_300_000_000L, 4_100_000_000L, false),
        new Worklist(12, 95L),
        studies,
        false,
        List.of(
            new Parked(
                "7f3e0a44-52a6-4a0c-9d6a-3a4f9a0f3c11",
                Kind.INSTANCE,
                "B3XW9A",
                NOW.minusSeconds(3_000),
                "GW-SPOOL-DAMAGED",
                "The file on this disk is no longer what was received.",
                "Send the image again from the modality; have the disk checked.",
                true),
            new Parked(
                "0d3e0a44-52a6-4a0c-9d6a-3a4f9a0f3c12",
                Kind.QUARANTINED,
                "QY8R1F",
                NOW.minusSeconds(90_000),
                "GW-SPOOL-CONFLICT",
                "Another image came under the same number.",
                "Look at both on the modality.",
                false)),
        List.of(
            new Report(
                REPORT,
                "2026-000397",
                NOW.minusSeconds(7_200),
                true,
                names ? "Chest X-ray" : null,
                names ? "Wanjiku^Amina^N.=" : null,
                names ? "KHC-0042" : null)),
        List.of());
  }

  private static Study study(
      String id,
      @Nullable String number,
      String modality,
      long images,
      Urgency urgency,
      Step step,
      long sent,
      long total,
      @Nullable Long minutes,
      boolean names) {
    return new Study(
        id,
        number,
        modality,
        images,
        0,
        NOW.minusSeconds(1_500),
        urgency,
        step,
        sent,
        total,
        minutes,
        names ? "Otieno^Brian" : null,
        names ? "KHC-0107" : null,
        names && step == Step.QUESTION ? "Please send a lateral view of the left wrist." : null);
  }

  @Override
  public int retry(String id) {
    changes.add("retry " + id);
    return 1;
  }

  @Override
  public boolean urgent(String study, Urgency urgency) {
    changes.add("urgent " + study + " " + urgency);
    return study.equals("B3XW9A");
  }

  @Override
  public int prune() {
    changes.add("prune");
    return 7;
  }

  @Override
  public Optional<Path> report(UUID delivery) {
    return Optional.ofNullable(pdf).filter(_ -> delivery.equals(REPORT));
  }

  @Override
  public List<Waiting> waiting() {
    return List.of();
  }
}
