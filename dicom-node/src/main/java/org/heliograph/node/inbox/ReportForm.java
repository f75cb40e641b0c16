package org.heliograph.node.inbox;

import java.util.Optional;

/** In what form a report comes. */
public enum ReportForm {
  /** As it is printed. */
  PDF("pdf", "application/pdf", 32 << 20),
  /** Basic Text SR, a Part 10 file. */
  SR("sr", "application/dicom", 4 << 20),
  /** Plain text in UTF-8. */
  TEXT("text", "text/plain; charset=utf-8", 1 << 20);

  private final String word;
  private final String mediaType;
  private final int maxBytes;

  ReportForm(String word, String mediaType, int maxBytes) {
    this.word = word;
    this.mediaType = mediaType;
    this.maxBytes = maxBytes;
  }

  /** The hub's word for it. */
  public String word() {
    return word;
  }

  public String mediaType() {
    return mediaType;
  }

  int maxBytes() {
    return maxBytes;
  }

  /** The form of a word; empty for one that this version does not know. */
  public static Optional<ReportForm> of(String word) {
    for (ReportForm form : values()) {
      if (form.word.equals(word)) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }
}
