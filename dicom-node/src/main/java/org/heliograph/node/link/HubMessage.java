package org.heliograph.node.link;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One thing that the hub tells a gateway, in order and at least once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = HubMessage.Unknown.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = HubMessage.Receipts.class, name = "receipts"),
  @JsonSubTypes.Type(value = HubMessage.PartWanted.class, name = "partWanted"),
  @JsonSubTypes.Type(value = HubMessage.CaseNews.class, name = "caseNews"),
  @JsonSubTypes.Type(value = HubMessage.ReportReady.class, name = "reportReady")
})
public sealed interface HubMessage {
  /** Grows from message to message of one gateway. */
  long sequence();

  /** A kind that this version does not know; it is passed over. */
  record Unknown(long sequence) implements HubMessage {}

  /** What became of objects. */
  record Receipts(long sequence, List<Receipt> receipts) implements HubMessage {
    public Receipts {
      receipts = List.copyOf(receipts);
    }
  }

  /** A part must be sent again from its beginning: its digest was wrong, or it was lost. */
  record PartWanted(long sequence, UUID parcel, int part, String code) implements HubMessage {}

  /**
   * Where a case stands.
   *
   * @param state one of the hub's case states, such as WAITING or NEEDS_INFO
   * @param question what the reader wants from the clinic; null if nothing
   */
  record CaseNews(
      long sequence,
      UUID caseId,
      String caseNumber,
      List<String> studyInstanceUids,
      String state,
      Urgency urgency,
      @Nullable String question,
      Instant at)
      implements HubMessage {
    public CaseNews {
      studyInstanceUids = List.copyOf(studyInstanceUids);
    }

    @Override
    public String toString() {
      return "CaseNews[" + sequence + "]";
    }
  }

  /**
   * A signed report to fetch.
   *
   * @param forms of {@code pdf}, {@code sr} and {@code text} those that there are
   */
  record ReportReady(
      long sequence,
      UUID delivery,
      UUID caseId,
      String caseNumber,
      List<String> studyInstanceUids,
      String patientName,
      String patientId,
      String title,
      Instant signedAt,
      List<Form> forms)
      implements HubMessage {
    public ReportReady {
      studyInstanceUids = List.copyOf(studyInstanceUids);
      forms = List.copyOf(forms);
    }

    @Override
    public String toString() {
      return "ReportReady[" + sequence + "]";
    }
  }

  /**
   * One form of a report.
   *
   * @param digest SHA-256, hexadecimal
   */
  record Form(String form, long sizeBytes, String digest) {}
}
