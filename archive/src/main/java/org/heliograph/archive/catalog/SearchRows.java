package org.heliograph.archive.catalog;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.heliograph.archive.catalog.AnswerRows.Answer;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs searches: the answers of a page, and how many answers there are if that is cheap. */
final class SearchRows {
  /** Beyond it nobody counts, and what the planner expects to cost more than so many pages. */
  private static final int MAX_COUNTED = 1000;

  private static final double MAX_COUNT_COST = 6_000;
  private static final Pattern COST = Pattern.compile("cost=[0-9.]+\\.\\.([0-9.]+) ");

  private final JdbcClient jdbc;

  SearchRows(DataSource dataSource) {
    this.jdbc =
        JdbcClient.create(
            new NamedParameterJdbcTemplate(
                new JdbcTemplate(dataSource) {
                  // A plan made for all values would not know which index finds few rows.
                  @Override
                  protected void applyStatementSettings(Statement statement) throws SQLException {
                    super.applyStatementSettings(statement);
                    statement.unwrap(PGStatement.class).setPrepareThreshold(0);
                  }
                }));
  }

  /** One more than the limit, so that the caller sees whether there is a next page. */
  List<Answer> find(Search search, Criteria criteria) {
    Position after = search.after();
    Map<String, Object> parameters = new HashMap<>(criteria.parameters());
    parameters.put("limit", search.limit() + 1);
    parameters.put("offset", search.offset());
    return jdbc.sql(SearchStatement.page(search, criteria, after != null))
        .params(parameters)
        .params(after == null ? Map.of() : SearchStatement.position(after, search.level()))
        .query((row, _) -> AnswerRows.answer(row, search.level()))
        .list();
  }

  /** How many answers there are; empty if they are many or counting would take long. */
  OptionalLong count(Search search, Criteria criteria) {
    String counted = SearchStatement.count(search, criteria);
    Map<String, Object> parameters = new HashMap<>(criteria.parameters());
    parameters.put("most", MAX_COUNTED + 1);
    String plan =
        jdbc.sql("explain " + counted)
            .params(parameters)
            .query((row, _) -> row.getString(1))
            .list()
            .getFirst();
    Matcher cost = COST.matcher(plan);
    if (!cost.find() || Double.parseDouble(cost.group(1)) > MAX_COUNT_COST) {
      return OptionalLong.empty();
    }
    long count = jdbc.sql(counted).params(parameters).query(Long.class).single();
    return count > MAX_COUNTED ? OptionalLong.empty() : OptionalLong.of(count);
  }

  /** The plan of a page as the database would run it. */
  List<String> explain(Search search, Criteria criteria) {
    Map<String, Object> parameters = new HashMap<>(criteria.parameters());
    parameters.put("limit", search.limit() + 1);
    parameters.put("offset", search.offset());
    return jdbc.sql("explain " + SearchStatement.page(search, criteria, false))
        .params(parameters)
        .query((row, _) -> row.getString(1))
        .list();
  }
}
