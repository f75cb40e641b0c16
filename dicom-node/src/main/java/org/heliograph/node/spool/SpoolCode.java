package org.heliograph.node.spool;

/** Why the spool parks an instance or sets a file aside; the words are stable. */
public final class SpoolCode {
  /** The file's digest is not that of what was received or prepared. */
  public static final String DAMAGED = "GW-SPOOL-DAMAGED";

  /** The file is shorter or longer than what was received or prepared. */
  public static final String TRUNCATED = "GW-SPOOL-TRUNCATED";

  /** The file has no bytes. */
  public static final String EMPTY = "GW-SPOOL-EMPTY";

  /** The file is not there. */
  public static final String MISSING = "GW-SPOOL-MISSING";

  /** A file that the spool did not write. */
  public static final String FOREIGN = "GW-SPOOL-FOREIGN";

  /** A file that the journal does not know, and that is no readable DICOM file. */
  public static final String UNREADABLE = "GW-SPOOL-UNREADABLE";

  /** A photo or a PDF that the journal, which was damaged, does not know any more. */
  public static final String UNKNOWN_DOCUMENT = "GW-SPOOL-UNKNOWN-DOCUMENT";

  /** The same SOP Instance UID came with another content. */
  public static final String CONFLICT = "GW-SPOOL-CONFLICT";

  /** The hub's receipt is for other bytes than were sent. */
  public static final String RECEIPT_DIFFERS = "GW-RECEIPT-DIFFERS";

  private SpoolCode() {}

  /** Whether a good copy of the file mends it. */
  static boolean isOfFile(String code) {
    return switch (code) {
      case DAMAGED, TRUNCATED, EMPTY, MISSING -> true;
      default -> false;
    };
  }
}
