package org.heliograph.samples.benchmark.archive;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table: the same thing done by each product in one run.
 *
 * @param values of those that were measured
 * @param reach what we hold ourselves to; null where that is nothing
 */
record Result(
    String what, String unit, Better better, Map<Product, Double> values, @Nullable Reach reach) {
  static final String NONE = "–";

  /** Which of two values is the better one. */
  enum Better {
    LESS,
    MORE
  }

  /**
   * What is to be reached: a value, or a ratio to Orthanc with PostgreSQL in the same run.
   *
   * @param ratio whether the limit is a ratio
   */
  record Reach(double limit, boolean ratio) {
    static Reach value(double limit) {
      return new Reach(limit, false);
    }

    static Reach times(double ratio) {
      return new Reach(ratio, true);
    }
  }

  Result {
    values = Map.copyOf(values);
  }

  /** Of ours alone. */
  static Result ours(String what, String unit, Better better, double value, @Nullable Reach reach) {
    return new Result(what, unit, better, Map.of(Product.HELIOGRAPH, value), reach);
  }

  /** How many times better we are than Orthanc with PostgreSQL; null where one is missing. */
  @Nullable Double ratio() {
    Double ours = values.get(Product.HELIOGRAPH);
    Double theirs = values.get(Product.ORTHANC_POSTGRESQL);
    if (ours == null || theirs == null || ours == 0 || theirs == 0) {
      return null;
    }
    return better == Better.MORE ? ours / theirs : theirs / ours;
  }

  /** Whether the reach is met; null where that cannot be told. */
  @Nullable Boolean met() {
    Reach wanted = reach;
    Double value = wanted == null || !wanted.ratio() ? values.get(Product.HELIOGRAPH) : ratio();
    if (wanted == null || value == null) {
      return null;
    }
    boolean more = wanted.ratio() || better == Better.MORE;
    return more ? value >= wanted.limit() : value <= wanted.limit();
  }

  String row() {
    var row = new StringBuilder("| ").append(what).append(" | ").append(unit);
    for (Product product : Product.values()) {
      Double value = values.get(product);
      row.append(" | ").append(value == null ? NONE : number(value));
    }
    Double ratio = ratio();
    row.append(" | ").append(ratio == null ? NONE : number(ratio));
    row.append(" | ").append(wanted());
    return row.append(" |").toString();
  }

  private String wanted() {
    Reach wanted = reach;
    if (wanted == null) {
      return NONE;
    }
    String sign = wanted.ratio() || better == Better.MORE ? "≥ " : "≤ ";
    Boolean met = met();
    return sign
        + number(wanted.limit())
        + (wanted.ratio() ? " ×" : "")
        + (met == null ? "" : met ? ": met" : ": **missed**");
  }

  /** Three significant figures are more than a shared machine can promise. */
  static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value).replace(',', ' ');
  }

  /** Collects the values of a line. */
  static final class Values {
    private final Map<Product, Double> values = new EnumMap<>(Product.class);

    void put(Product product, double value) {
      values.put(product, value);
    }

    Result result(String what, String unit, Better better, @Nullable Reach reach) {
      return new Result(what, unit, better, values, reach);
    }
  }
}
