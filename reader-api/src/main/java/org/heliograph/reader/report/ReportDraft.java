package org.heliograph.reader.report;

/** The text being written and the version of its last save; version 0 is "nothing saved yet". */
record ReportDraft(long version, ReportSections sections) {
  static final ReportDraft NONE = new ReportDraft(0, ReportSections.EMPTY);
}
