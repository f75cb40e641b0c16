package org.heliograph.reader.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Files and bytes done, the rate and the time left: a bar on a terminal, now and then a plain line
 * elsewhere. It names nothing but numbers. Safe for many threads.
 */
public final class Progress implements AutoCloseable {
  private static final Duration ON_TERMINAL = Duration.ofMillis(250);
  private static final Duration IN_LOGS = Duration.ofSeconds(10);
  private static final int BAR_WIDTH = 24;

  private final PrintStream out;
  private final boolean terminal;
  private final String what;
  private final long began = System.nanoTime();
  private final LongAdder files = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder extraFiles = new LongAdder();
  private final LongAdder extraBytes = new LongAdder();
  private final AtomicLong expectedFiles = new AtomicLong(-1);
  private final AtomicLong expectedBytes = new AtomicLong(-1);
  private final Thread printer;

  /** How it is shown. */
  public enum Shown {
    BAR,
    LINES
  }

  /**
   * Begins.
   *
   * @param what the first word of each line, such as {@code import}
   */
  public Progress(PrintStream out, Shown shown, String what) {
    this.out = out;
    this.terminal = shown == Shown.BAR;
    this.what = what;
    this.printer = Thread.ofVirtual().name("progress").start(this::printNowAndThen);
  }

  /** There are so many in all. */
  public void expect(long allFiles, long allBytes) {
    expectedBytes.set(allBytes);
    expectedFiles.set(allFiles);
  }

  /** There are more than were expected, such as the entries of an archive; or fewer. */
  public void expectMore(long moreFiles, long moreBytes) {
    extraFiles.add(moreFiles);
    extraBytes.add(moreBytes);
  }

  /** One more, of so many bytes. */
  public void done(long byteCount) {
    files.increment();
    bytes.add(byteCount);
  }

  public long files() {
    return files.sum();
  }

  public long bytes() {
    return bytes.sum();
  }

  public Duration took() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @Override
  public void close() {
    printer.interrupt();
    try {
      printer.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    out.println((terminal ? "\r\u001b[K" : "") + what + "  " + line());
    out.flush();
  }

  private void printNowAndThen() {
    try {
      while (true) {
        Thread.sleep(terminal ? ON_TERMINAL : IN_LOGS);
        if (terminal) {
          out.print("\r\u001b[K" + what + "  " + bar() + line());
        } else {
          out.println(what + "  " + line());
        }
        out.flush();
      }
    } catch (InterruptedException _) {
      // closing
    }
  }

  private String bar() {
    long all = expectedBytes.get() + extraBytes.sum();
    if (expectedBytes.get() < 0 || all <= 0) {
      return "";
    }
    int full = (int) Math.min(BAR_WIDTH, bytes.sum() * BAR_WIDTH / all);
    return "[" + "#".repeat(full) + "-".repeat(BAR_WIDTH - full) + "] ";
  }

  String line() {
    long nanos = Math.max(1, System.nanoTime() - began);
    double perSecond = bytes.sum() * 1e9 / nanos;
    long expected = expectedFiles.get();
    long all = expected < 0 ? -1 : expected + extraFiles.sum();
    StringBuilder line = new StringBuilder();
    line.append(files.sum()).append(all < 0 ? " files" : " of " + all + " files");
    line.append(", ").append(size(bytes.sum()));
    line.append(", ").append(size((long) perSecond)).append("/s");
    long left = expected < 0 ? 0 : expectedBytes.get() + extraBytes.sum() - bytes.sum();
    if (left > 0 && perSecond > 0) {
      line.append(", ").append(time((long) (left / perSecond))).append(" left");
    } else {
      line.append(", ").append(time(nanos / 1_000_000_000));
    }
    return line.toString();
  }

  /** In units of a thousand. */
  public static String size(long byteCount) {
    if (byteCount < 1_000) {
      return byteCount + " B";
    }
    double value = byteCount;
    int unit = -1;
    do {
      value /= 1_000;
      unit++;
    } while (value >= 999.5 && unit < 4);
    return String.format(
        Locale.ROOT, value < 10 ? "%.1f %sB" : "%.0f %sB", value, "kMGTP".charAt(unit));
  }

  private static String time(long seconds) {
    return seconds < 60
        ? seconds + " s"
        : seconds < 3_600
            ? seconds / 60 + " min " + seconds % 60 + " s"
            : seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
  }
}
