package org.heliograph.reader.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.heliograph.reader.cases.CaseRequest;
import org.heliograph.reader.report.ReportView;
import org.jspecify.annotations.Nullable;

/** A report in an inbox; {@code report}, {@code request} and {@code pdf} only when it is opened. */
record InboxItem(
    UUID deliveryId,
    UUID caseId,
    String caseNumber,
    InboxPatient patient,
    InboxSite site,
    String bodyPart,
    String urgency,
    Instant deliveredAt,
    @Nullable Instant readAt,
    @Nullable Instant acknowledgedAt,
    String comment,
    String impression,
    @Nullable ReportView report,
    @Nullable CaseRequest request,
    @Nullable String pdf) {

  record InboxPatient(String name, @Nullable LocalDate birthDate, String sex, String ageText) {
    @Override
    public String toString() {
      return "InboxPatient[***]";
    }
  }

  record InboxSite(UUID id, String name) {}

  @Override
  public String toString() {
    return "InboxItem[" + deliveryId + "]";
  }
}
