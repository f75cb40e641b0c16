package org.heliograph.samples.benchmark;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table: ours beside a peer's, from the same run on the same bytes.
 *
 * @param unit of both values; more is better
 * @param peer what the peer is and what was taken off its time
 * @param peerValue null where the peer is not installed
 * @param reach the least ratio to the peer that we hold ourselves to, or null
 */
record Figure(
    String what,
    String unit,
    double value,
    double error,
    String peer,
    @Nullable Double peerValue,
    @Nullable Double reach) {

  /** Stands for a peer that no tool of dcmtk is, or a figure that is not there. */
  static final String NONE = "–";

  String row() {
    Double theirs = peerValue;
    String ratio = theirs == null ? NONE : number(value / theirs);
    String measured = peer.equals(NONE) ? NONE : "not installed";
    return "| %s | %s | %s ± %s | %s | %s | %s | %s |"
        .formatted(
            what,
            unit,
            number(value),
            number(error),
            peer,
            theirs == null ? measured : number(theirs),
            ratio,
            reach == null ? NONE : "≥ " + number(reach));
  }

  /** Three significant figures are more than a shared machine can promise. */
  static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value).replace(',', ' ');
  }
}
