package org.heliograph.samples.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.heliograph.node.emulator.LinkEmulator;
import tools.jackson.databind.JsonNode;

/** One line that is written anew on a terminal, and now and then in a file. */
final class ThinDisplay {
  private static final int BAR = 30;
  private static final Duration WITHOUT_TERMINAL = Duration.ofSeconds(5);
  private static final Set<String> AT_HOSPITAL =
      Set.of("AT_HOSPITAL", "BEING_READ", "QUESTION", "REPORT_READY");

  private final PrintStream out;
  private final LinkEmulator link;
  private final boolean terminal = isTerminal();
  private final long began = System.nanoTime();
  private long lastLine;
  private boolean preview;

  ThinDisplay(PrintStream out, LinkEmulator link) {
    this.out = out;
    this.link = link;
  }

  @SuppressWarnings("SystemConsoleNull") // the other check knows it as nullable
  private static boolean isTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  boolean isAtHospital(JsonNode study) {
    return AT_HOSPITAL.contains(study.path("step").asString());
  }

  void show(JsonNode study) {
    long now = System.nanoTime();
    if (!terminal && now - lastLine < WITHOUT_TERMINAL.toNanos() && !isAtHospital(study)) {
      return;
    }
    lastLine = now;
    long sent = study.path("sentBytes").asLong();
    long total = Math.max(1, study.path("totalBytes").asLong());
    JsonNode left = study.path("minutesLeft");
    String line =
        String.format(
            Locale.ROOT,
            "  %5.0f s  %-11s [%s] %3d %%  %.2f of %.2f MB%s, %d cuts, %.2f MB on the link",
            seconds(),
            study.path("step").asString().toLowerCase(Locale.ROOT).replace('_', ' '),
            "#".repeat((int) (BAR * sent / total)) + ".".repeat(BAR - (int) (BAR * sent / total)),
            100 * sent / total,
            sent / 1e6,
            total / 1e6,
            left.isNumber() ? ", about " + left.asLong() + " min left" : "",
            link.outages(),
            link.totals().upBytes() / 1e6);
    out.print(terminal ? "\r" + line + "\u001b[K" : line + System.lineSeparator());
    out.flush();
  }

  /** Told once. */
  void previewIsThere() {
    if (!preview) {
      preview = true;
      out.printf(
          Locale.ROOT,
          "%sThe preview can be read at the hub, %.0f s after the image was taken.%n",
          terminal ? "\r\u001b[K" : "",
          seconds());
    }
  }

  void end() {
    out.printf(
        Locale.ROOT,
        "%nThe X-ray is at the hub: %.0f s, %d cuts, %.2f MB up the link in all.%n",
        seconds(),
        link.outages(),
        link.totals().upBytes() / 1e6);
  }

  private double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }
}
