package org.heliograph.reader.cases;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A case with everything that belongs to it (JSON). */
public record CaseView(
    @JsonUnwrapped CaseSummary summary,
    CasePatient patientDetails,
    @Nullable CaseRequest request,
    @Nullable Referrer referrer,
    Object studies,
    Object photos,
    List<Line> messages,
    List<Line> events,
    @Nullable Object report,
    @Nullable Mismatch mismatch,
    List<String> actions) {

  /** Whoever asked for the report. */
  public record Referrer(UUID id, String displayName, String organisation) {}

  /** One line of the conversation or of the history; prints no text. */
  public record Line(Instant at, String by, String kind, String text) {
    @Override
    public String toString() {
      return "Line[" + at + ", " + kind + "]";
    }
  }

  /** The fields of the request's patient that an image header contradicts. */
  public record Mismatch(List<String> fields) {}
}
