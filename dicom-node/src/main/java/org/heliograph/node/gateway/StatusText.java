package org.heliograph.node.gateway;

import java.util.Locale;
import org.heliograph.node.status.StatusDocument;
import org.heliograph.node.status.StatusDocument.LinkState;
import org.heliograph.node.status.StatusDocument.Parked;
import org.heliograph.node.status.StatusDocument.Step;
import org.heliograph.node.status.StatusDocument.Study;
import org.jspecify.annotations.Nullable;

/** The status for a terminal. No names of patients: terminals are seen and logged. */
final class StatusText {
  private final StatusDocument status;
  private final StringBuilder text = new StringBuilder();

  StatusText(StatusDocument status) {
    this.status = status;
  }

  String text() {
    line("link", link());
    line("waiting", waiting());
    line(
        "disk",
        size(status.disk().freeBytes())
            + " free, "
            + size(status.disk().usedBytes())
            + " used here"
            + (status.disk().full() ? ": FULL, new images are refused" : ""));
    Long age = status.worklist().ageSeconds();
    line(
        "worklist",
        age == null
            ? "not fetched yet"
            : status.worklist().items() + " entries, as of " + span(age) + " ago");
    status.warnings().forEach(warning -> line("warning", warning));
    if (!status.studies().isEmpty()) {
      text.append('\n');
      status.studies().forEach(this::study);
      if (status.truncated()) {
        text.append("  … and more\n");
      }
    }
    if (!status.parked().isEmpty()) {
      text.append("\nparked (heliograph gateway retry ID, or all):\n");
      status.parked().forEach(this::parked);
    }
    return text.toString();
  }

  private String link() {
    var link = status.link();
    Long silent = link.silentSeconds();
    String since = silent == null ? "never reached" : "last answer " + span(silent) + " ago";
    String words =
        switch (link.state()) {
          case NOT_ENROLLED -> "not enrolled; images are kept until it is";
          case ENROLLING -> "being enrolled";
          case UP -> "up, " + link.hub() + ", " + since;
          case DOWN -> "down, " + link.hub() + ", " + since;
          case REFUSED -> "refused by " + link.hub() + ", " + since;
        };
    Long rate = link.bytesPerSecond();
    return words
        + (rate == null || link.state() != LinkState.UP ? "" : ", " + size(rate) + "/s")
        + (link.code().isEmpty() ? "" : " (" + link.code() + ")");
  }

  private String waiting() {
    var waiting = status.waiting();
    if (waiting.instances() == 0) {
      return "nothing; " + waiting.confirmed() + " confirmed objects are kept";
    }
    Long oldest = waiting.oldestSeconds();
    Long left = waiting.minutesLeft();
    return waiting.instances()
        + " objects, "
        + size(waiting.bytes())
        + (oldest == null ? "" : ", the oldest for " + span(oldest))
        + (left == null ? "" : ", about " + span(left * 60) + " left");
  }

  private void study(Study study) {
    text.append(
        String.format(
            Locale.ROOT,
            "  %-7s %-9s %-3s %5d images  %-16s %s%s%n",
            study.id(),
            study.urgency().name().toLowerCase(Locale.ROOT),
            study.modality(),
            study.images(),
            study.receivedAt().toString().substring(0, 16).replace('T', ' '),
            step(study),
            study.caseNumber() == null ? "" : "  " + study.caseNumber()));
  }

  private static String step(Study study) {
    if (study.step() != Step.SENDING) {
      return study.step().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
    long percent = study.totalBytes() == 0 ? 0 : 100 * study.sentBytes() / study.totalBytes();
    Long left = study.minutesLeft();
    return "sending "
        + percent
        + " % ("
        + size(study.sentBytes())
        + " of "
        + size(study.totalBytes())
        + (left == null ? "" : ", about " + span(left * 60))
        + ")";
  }

  private void parked(Parked parked) {
    text.append(
        String.format(
            Locale.ROOT,
            "  %s  %s  %s%n    %s %s%n",
            parked.id(),
            parked.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            parked.code(),
            parked.reason(),
            parked.next()));
  }

  private void line(String name, String words) {
    text.append(String.format(Locale.ROOT, "%-9s %s%n", name, words));
  }

  static String size(@Nullable Long bytes) {
    double value = bytes == null ? 0 : bytes;
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }

  static String span(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 5_400) {
      return Math.round(seconds / 60.0) + " min";
    }
    return seconds < 172_800
        ? Math.round(seconds / 3_600.0) + " h"
        : Math.round(seconds / 86_400.0) + " days";
  }
}
