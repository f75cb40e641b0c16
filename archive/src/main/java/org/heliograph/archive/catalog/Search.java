package org.heliograph.archive.catalog;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A search of the catalog (PS3.4 C.2.2, PS3.18 8.3.4).
 *
 * @param matches attribute → value to match: a UID list, a range of dates, a wildcard or a plain
 *     value (PS3.4 C.2.2.2); an empty value matches everything. Timezone Offset From UTC
 *     (0008,0201) tells the zone in which dates and times are meant
 * @param itemMatches sequence → the same for attributes of one of its items (PS3.4 C.2.2.2.6)
 * @param names how names are matched
 * @param dateTimes how a date and the time beside it are matched
 * @param offset answers to leave out at the beginning
 * @param after the {@link SearchAnswer#next()} of the page before
 * @param counting whether {@link SearchAnswer#total()} is wanted
 */
public record Search(
    QueryLevel level,
    Visibility visibility,
    Map<Integer, String> matches,
    Map<Integer, Map<Integer, String>> itemMatches,
    NameMatching names,
    DateTimeMatching dateTimes,
    IncludedFields include,
    int limit,
    long offset,
    @Nullable Position after,
    Counting counting) {
  public static final int MAX_LIMIT = 1000;
  public static final int DEFAULT_LIMIT = 100;

  /** How names are matched; case and width never count. */
  public enum NameMatching {
    /** Component by component, with wildcards, in any of the three groups. */
    LITERAL,
    /** Each word begins a word of the name, in any order and without its accents. */
    FUZZY
  }

  /** How a date and a time are matched. */
  public enum DateTimeMatching {
    /** The date in its range and the time in its range (PS3.4 C.2.2.2.5). */
    SEPARATE,
    /** The moment between the first date and time and the last (PS3.4 C.2.2.2.5.1). */
    COMBINED
  }

  /** Whether all answers are counted. */
  public enum Counting {
    NONE,
    IF_FEW
  }

  public Search {
    matches = Map.copyOf(matches);
    itemMatches = Map.copyOf(itemMatches);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit " + limit + " is not in 1.." + MAX_LIMIT);
    }
    if (offset < 0) {
      throw new IllegalArgumentException("offset " + offset + " is negative");
    }
  }

  public static Builder of(QueryLevel level, Visibility visibility) {
    return new Builder(level, visibility);
  }

  /** Adds what is asked. */
  public static final class Builder {
    private final QueryLevel level;
    private final Visibility visibility;
    private final Map<Integer, String> matches = new HashMap<>();
    private final Map<Integer, Map<Integer, String>> itemMatches = new HashMap<>();
    private NameMatching names = NameMatching.LITERAL;
    private DateTimeMatching dateTimes = DateTimeMatching.SEPARATE;
    private IncludedFields include = IncludedFields.NONE;
    private int limit = DEFAULT_LIMIT;
    private long offset;
    private @Nullable Position after;
    private Counting counting = Counting.NONE;

    private Builder(QueryLevel level, Visibility visibility) {
      this.level = level;
      this.visibility = visibility;
    }

    public Builder match(int tag, String value) {
      matches.put(tag, value);
      return this;
    }

    public Builder match(Map<Integer, String> values) {
      matches.putAll(values);
      return this;
    }

    /** Matches an attribute of an item; attributes of one sequence match in one item together. */
    public Builder match(int sequence, int tag, String value) {
      itemMatches.computeIfAbsent(sequence, _ -> new HashMap<>()).put(tag, value);
      return this;
    }

    public Builder names(NameMatching value) {
      names = value;
      return this;
    }

    public Builder dateTimes(DateTimeMatching value) {
      dateTimes = value;
      return this;
    }

    public Builder include(IncludedFields value) {
      include = value;
      return this;
    }

    public Builder limit(int value) {
      limit = value;
      return this;
    }

    public Builder offset(long value) {
      offset = value;
      return this;
    }

    public Builder after(@Nullable Position value) {
      after = value;
      return this;
    }

    public Builder counting(Counting value) {
      counting = value;
      return this;
    }

    public Search build() {
      return new Search(
          level,
          visibility,
          matches,
          itemMatches,
          names,
          dateTimes,
          include,
          limit,
          offset,
          after,
          counting);
    }
  }

  @Override
  public String toString() {
    return "Search[" + level + ", " + matches.size() + " matches]";
  }
}
