package org.heliograph.node.status;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.heliograph.node.link.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway is, as the page and {@code /status.json} tell it. Names of patients, titles and
 * questions are null unless who looks has shown the PIN.
 *
 * @param now by the gateway's clock
 * @param unlocked whether names are told
 * @param canUnlock whether there is a PIN at all
 * @param studies that are not finished, the most urgent and oldest first, then what was finished
 *     last
 * @param truncated whether there are more studies than are listed
 */
public record StatusDocument(
    String clinic,
    String software,
    Instant startedAt,
    Instant now,
    boolean unlocked,
    boolean canUnlock,
    Link link,
    Waiting waiting,
    Disk disk,
    Worklist worklist,
    List<Study> studies,
    boolean truncated,
    List<Parked> parked,
    List<Report> reports,
    List<String> warnings) {
  public StatusDocument {
    studies = List.copyOf(studies);
    parked = List.copyOf(parked);
    reports = List.copyOf(reports);
    warnings = List.copyOf(warnings);
  }

  /**
   * The line to the hub.
   *
   * @param hub its host name; empty before it is known
   * @param silentSeconds since the hub last answered; null if it never did
   * @param capBytesPerSecond what may be sent now; null without a cap
   */
  public record Link(
      LinkState state,
      String hub,
      @Nullable Long silentSeconds,
      @Nullable Long bytesPerSecond,
      @Nullable Long capBytesPerSecond,
      String code) {}

  /** What is said of the line. */
  public enum LinkState {
    /** No code was entered yet: images are kept, and go when there is a hub. */
    NOT_ENROLLED,
    /** A code is there, and the hub has not answered it yet. */
    ENROLLING,
    /** The hub answers. */
    UP,
    /** The hub does not answer; it is tried all the time. */
    DOWN,
    /** The hub does not know us, or has switched us off. */
    REFUSED
  }

  /** What the hub has not confirmed. */
  public record Waiting(
      long instances,
      long bytes,
      @Nullable Long oldestSeconds,
      @Nullable Long minutesLeft,
      long parked,
      long quarantined,
      long damaged,
      long confirmed) {}

  /** The disk that the spool is on. */
  public record Disk(long freeBytes, long usedBytes, boolean full) {}

  /**
   * What modalities are told of the day's work.
   *
   * @param ageSeconds since it was known to be that of the hub; null if there is none yet
   */
  public record Worklist(int items, @Nullable Long ageSeconds) {}

  /**
   * One study.
   *
   * @param id a short name for it, made of its UID, for this gateway's commands
   * @param caseNumber at the hub; null before it told
   * @param sentBytes of {@code totalBytes}, as they travel
   */
  public record Study(
      String id,
      @Nullable String caseNumber,
      String modality,
      long images,
      long confirmedImages,
      Instant receivedAt,
      Urgency urgency,
      Step step,
      long sentBytes,
      long totalBytes,
      @Nullable Long minutesLeft,
      @Nullable String patientName,
      @Nullable String patientId,
      @Nullable String question) {
    @Override
    public String toString() {
      return "Study[" + id + " " + step + "]";
    }
  }

  /** How far a study is. */
  public enum Step {
    RECEIVED,
    PREPARED,
    SENDING,
    AT_HOSPITAL,
    BEING_READ,
    QUESTION,
    REPORT_READY,
    REJECTED,
    PARKED
  }

  /**
   * What does not go on by itself.
   *
   * @param id for the command and the button
   * @param retry whether trying again can help
   */
  public record Parked(
      String id,
      Kind kind,
      @Nullable String study,
      Instant since,
      String code,
      String reason,
      String next,
      boolean retry) {}

  /** What is parked. */
  public enum Kind {
    INSTANCE,
    PARCEL,
    QUARANTINED,
    DAMAGED,
    FILE,
    REPORT,
    PERFORMED_STEP,
    COMMITMENT
  }

  /** A report of the inbox; without the PIN only that there is one. */
  public record Report(
      UUID id,
      String caseNumber,
      Instant signedAt,
      boolean complete,
      @Nullable String title,
      @Nullable String patientName,
      @Nullable String patientId) {
    @Override
    public String toString() {
      return "Report[" + id + "]";
    }
  }
}
