package org.heliograph.reader.media;

/** What became of a file of an import, beside being quarantined or refused by the archive. */
public enum ImportOutcome {
  STORED(true, "stored"),
  ALREADY_STORED(true, "stored before"),
  /** A DICOMDIR: what it names is imported, it is no instance itself. */
  DIRECTORY(true, "DICOMDIR"),
  NOT_DICOM(true, "not DICOM"),
  /** A link, a pipe, a device: never followed or opened. */
  NOT_A_FILE(true, "link, pipe or device, left alone"),
  QUARANTINED(false, "quarantined"),
  REFUSED(false, "refused"),
  UNREADABLE(false, "cannot be read"),
  /** Folders within folders beyond any use. */
  TOO_DEEP(false, "folders too deep"),
  /** An archive in an archive. */
  NESTED_ARCHIVE(false, "archive within an archive"),
  /** It inflates to far more than it should, or its directory is too large. */
  ARCHIVE_TOO_LARGE(false, "archive too large when unpacked"),
  /** A DICOMDIR names it, and it is not on the medium. */
  NOT_ON_MEDIUM(false, "named by the DICOMDIR, not on the medium");

  private final boolean fine;
  private final String words;

  ImportOutcome(boolean fine, String words) {
    this.fine = fine;
    this.words = words;
  }

  /** Whether nobody has to look at it. */
  public boolean isFine() {
    return fine;
  }

  String words() {
    return words;
  }
}
