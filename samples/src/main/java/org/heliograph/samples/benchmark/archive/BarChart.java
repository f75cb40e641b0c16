package org.heliograph.samples.benchmark.archive;

import java.util.List;
import java.util.Locale;
import org.heliograph.samples.benchmark.archive.Result.Better;

/**
 * Bars for each line that has peers, as SVG; the longest bar of a line is the worst or the best.
 */
final class BarChart {
  private static final int WIDTH = 960;
  private static final int LABELS = 330;
  private static final int BAR_HEIGHT = 14;
  private static final int GAP = 16;
  private static final int TOP = 64;
  private static final int VALUES = 90;

  private BarChart() {}

  static String draw(List<Result> results) {
    List<Result> drawn = results.stream().filter(result -> result.values().size() > 1).toList();
    var bars = new StringBuilder();
    int y = TOP;
    for (Result result : drawn) {
      y = line(bars, result, y) + GAP;
    }
    int height = y + 8;
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
    font-family="Helvetica, Arial, sans-serif" font-size="12">
    <rect width="%1$d" height="%2$d" fill="#ffffff"/>
    <text x="16" y="26" font-size="17" font-weight="bold" fill="#1d2733">The archive beside its \
    peers</text>
    %3$s%4$s</svg>
    """
        .formatted(WIDTH, height, legend(), bars);
  }

  private static String legend() {
    var legend = new StringBuilder();
    int x = 16;
    for (Product product : Product.values()) {
      legend.append(
          "<rect x=\"%d\" y=\"38\" width=\"12\" height=\"12\" fill=\"%s\"/>%n"
              .formatted(x, product.colour()));
      legend.append(text(x + 17, 48, "start", "#1d2733", product.title()));
      x += 40 + product.title().length() * 7;
    }
    return legend.toString();
  }

  private static int line(StringBuilder bars, Result result, int top) {
    double longest = result.values().values().stream().mapToDouble(v -> v).max().orElse(1);
    String better = result.better() == Better.LESS ? "less is better" : "more is better";
    bars.append(text(LABELS - 12, top + 11, "end", "#1d2733", result.what()));
    bars.append(text(LABELS - 12, top + 26, "end", "#6a7480", result.unit() + ", " + better));
    int y = top;
    for (Product product : Product.values()) {
      Double value = result.values().get(product);
      if (value == null) {
        continue;
      }
      double length = Math.max(1, (WIDTH - LABELS - VALUES) * value / longest);
      bars.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
              LABELS,
              y,
              length,
              BAR_HEIGHT - 2,
              product.colour()));
      bars.append(
          text(LABELS + (int) length + 6, y + 10, "start", "#1d2733", Result.number(value)));
      y += BAR_HEIGHT;
    }
    return Math.max(y, top + 2 * BAR_HEIGHT);
  }

  private static String text(int x, int y, String anchor, String colour, String words) {
    String safe = words.replace("&", "&amp;").replace("<", "&lt;");
    return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n"
        .formatted(x, y, anchor, colour, safe);
  }
}
