package org.heliograph.samples.demo;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heliograph.node.emulator.LinkShape;

/** Links that rural clinics have, with their outages. */
enum ThinLink {
  /** Seen in the field: GPRS, and it breaks every minute. */
  GPRS(44, 64, 750, Duration.ofSeconds(60), Duration.ofSeconds(10)),
  /** 3G at the edge of its reach. */
  G3(331, 446, 300, Duration.ofSeconds(30), Duration.ofSeconds(5)),
  /** A dish: slow answers, few cuts. */
  VSAT(384, 384, 715, Duration.ofSeconds(60), Duration.ofSeconds(5));

  private final double upKilobits;
  private final double downKilobits;
  private final int roundTripMillis;
  private final Duration period;
  private final Duration outage;

  ThinLink(
      double upKilobits,
      double downKilobits,
      int roundTripMillis,
      Duration period,
      Duration outage) {
    this.upKilobits = upKilobits;
    this.downKilobits = downKilobits;
    this.roundTripMillis = roundTripMillis;
    this.period = period;
    this.outage = outage;
  }

  /** As on the command line. */
  String word() {
    return this == G3 ? "3g" : name().toLowerCase(Locale.ROOT);
  }

  static Optional<ThinLink> of(String word) {
    return Arrays.stream(values()).filter(link -> link.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(ThinLink::word).toList();
  }

  LinkShape shape() {
    return new LinkShape(
        upKilobits * 125, downKilobits * 125, Duration.ofMillis(roundTripMillis), Duration.ZERO);
  }

  Duration period() {
    return period;
  }

  Duration outage() {
    return outage;
  }

  /** In words. */
  String title() {
    return String.format(
        Locale.ROOT,
        "%s: %.0f kbit/s up, %d ms round trip, cut every %d s for %d s",
        word(),
        upKilobits,
        roundTripMillis,
        period.toSeconds(),
        outage.toSeconds());
  }
}
