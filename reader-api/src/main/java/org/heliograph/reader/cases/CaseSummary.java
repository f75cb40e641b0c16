package org.heliograph.reader.cases;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A case as lists show it (JSON). */
public record CaseSummary(
    UUID id,
    String number,
    CaseState state,
    String stateText,
    Urgency urgency,
    String specialty,
    @Nullable Instant deadlineAt,
    boolean clockPaused,
    boolean overdue,
    SiteName site,
    PatientSummary patient,
    String bodyPart,
    String modality,
    int imageCount,
    @Nullable UnderWay underWay,
    boolean previewsOnly,
    Instant createdAt,
    Instant updatedAt,
    @Nullable PersonRef claimedBy,
    @Nullable Instant claimedUntil,
    long version) {

  /** The clinic in a list. */
  public record SiteName(UUID id, String name) {}

  /** A person in a list. */
  public record PersonRef(UUID id, String displayName) {}

  /** The patient in a list; prints nothing. */
  public record PatientSummary(
      String name, String sex, @Nullable LocalDate birthDate, String ageText) {
    @Override
    public String toString() {
      return "PatientSummary[***]";
    }
  }

  static CaseSummary of(
      CaseFile file, String siteName, String readerName, @Nullable UnderWay underWay, Instant now) {
    var request = file.request();
    var patient = file.patient();
    var reader = file.readerId();
    var deadline = file.deadlineAt();
    boolean open =
        switch (file.state()) {
          case WAITING, CLAIMED, NEEDS_INFO, REPORTED -> true;
          case DRAFT,
              SUBMITTED,
              RECEIVING,
              FINAL,
              DELIVERED,
              ACKNOWLEDGED,
              AMENDED,
              REJECTED,
              CANCELLED ->
              false;
        };
    return new CaseSummary(
        file.id().value(),
        file.number(),
        file.state(),
        CaseWords.state(file.state(), request.specialty()),
        request.urgency(),
        request.specialty().name(),
        deadline,
        file.clock().isPaused(),
        open && !file.clock().isPaused() && deadline != null && deadline.isBefore(now),
        new SiteName(file.siteId(), siteName),
        new PatientSummary(
            patient.displayName(),
            patient.sex(),
            patient.birthDate(),
            patient.ageText(LocalDate.ofInstant(now, java.time.ZoneOffset.UTC))),
        request.bodyPart(),
        file.images().modality(),
        file.images().total(),
        underWay,
        underWay != null && underWay.previewsOnly(),
        file.createdAt(),
        file.updatedAt(),
        reader == null ? null : new PersonRef(reader, readerName),
        file.claimedUntil(),
        file.version());
  }
}
