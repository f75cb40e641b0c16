package org.heliograph.reader.cases;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists of cases, always limited to what the person may see. */
@Component
public class CaseSummaries {
  private static final String SELECT =
      "select "
          + CaseRows.COLUMNS
          + """
          , s.name as site_name, coalesce(r.display_name, '') as reader_name
          """
          + PicturesUnderWay.COLUMNS
          + """
          from reading.case_file c
          join reading.visible_case(:person) v on v.case_id = c.id
          join reading.site s on s.id = c.site_id
          left join reading.person r on r.id = c.reader_id
          """
          + PicturesUnderWay.JOIN;

  private final JdbcClient sql;
  private final PicturesUnderWay underWay;
  private final InstantSource clock;

  CaseSummaries(JdbcClient sql, PicturesUnderWay underWay, InstantSource clock) {
    this.sql = sql;
    this.underWay = underWay;
    this.clock = clock;
  }

  /**
   * The visible cases, with a fixed {@code where … order by … limit …} over the case row {@code c}
   * and its parameters.
   */
  public List<CaseSummary> select(UUID person, String tail, Map<String, ?> parameters) {
    var now = clock.instant();
    return sql.sql(SELECT + tail)
        .param("person", person)
        .params(underWay.parameters())
        .params(parameters)
        .query((row, n) ->
            CaseSummary.of(
                CaseRows.file(row, n),
                row.getString("site_name"),
                row.getString("reader_name"),
                PicturesUnderWay.read(row),
                now))
        .list();
  }

  /** One page; {@code next} is the cursor of the page after it, or null at the end. */
  public record Page(List<CaseSummary> items, @Nullable String next) {
    public Page {
      items = List.copyOf(items);
    }

    /** Cuts a list that was read with one row more than the page has. */
    public static Page of(
        List<CaseSummary> oneMore,
        int limit,
        java.util.function.Function<CaseSummary, String> cursor) {
      if (oneMore.size() <= limit) {
        return new Page(oneMore, null);
      }
      var items = oneMore.subList(0, limit);
      return new Page(items, cursor.apply(items.getLast()));
    }
  }
}
