package org.heliograph.reader.media;

/** What became of an instance of an export. */
public enum ExportOutcome {
  WRITTEN(true, "written"),
  /** By an earlier run. */
  THERE(true, "there already"),
  /** In the transfer syntax it is stored in: it cannot be had in the wanted one without a loss. */
  LEFT_IN_SYNTAX(true, "written in the transfer syntax they are stored in"),
  /** Its pixels may show who the patient is. */
  REFUSED(false, "left out, not de-identified"),
  /** It is not what was stored. */
  DAMAGED(false, "left out, damaged or missing in the store");

  private final boolean fine;
  private final String words;

  ExportOutcome(boolean fine, String words) {
    this.fine = fine;
    this.words = words;
  }

  /** Whether the instance is in the export. */
  public boolean isFine() {
    return fine;
  }

  public String words() {
    return words;
  }
}
