package org.heliograph.reader.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The append-only history in {@code reading.case_event}. */
@Component
class CaseEventRows {
  private static final String INSERT =
      """
      insert into reading.case_event
        (case_id, sequence, kind, state, version, at, person_id, text, detail)
      values (:case, :sequence, :kind, :state, :version, :at, :person, :text, :detail::jsonb)
      """;
  private static final String OF_CASE =
      """
      select e.case_id, e.sequence, e.kind, e.state, e.version, e.at, e.person_id, e.text,
             coalesce(p.display_name, '') as person_name,
             coalesce(e.detail ->> 'reason', '') as reason
      from reading.case_event e
      left join reading.person p on p.id = e.person_id
      where e.case_id = :case
      order by e.sequence
      """;

  private final JdbcClient sql;
  private final JsonMapper json;

  CaseEventRows(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  /** Writes the event that led to this projection. */
  void append(CaseFile after, CaseHappening happening) {
    var detail = new LinkedHashMap<String, Object>();
    if (!happening.reason().isEmpty()) {
      detail.put("reason", happening.reason());
    }
    if (happening.patient() != null) {
      detail.put("patient", happening.patient());
    }
    if (happening.request() != null) {
      detail.put("request", happening.request());
    }
    if (happening.lease() != null) {
      detail.put("leaseSeconds", happening.lease().toSeconds());
    }
    sql.sql(INSERT)
        .param("case", after.id().value())
        .param("sequence", after.eventCount())
        .param("kind", happening.kind().name())
        .param("state", after.state().name())
        .param("version", after.version())
        .param("at", CaseRows.timestamp(after.updatedAt()))
        .param("person", happening.personId())
        .param("text", happening.text())
        .param("detail", json.writeValueAsString(detail))
        .update();
  }

  List<CaseEvent> of(CaseId id) {
    return sql.sql(OF_CASE).param("case", id.value()).query(CaseEventRows::event).list();
  }

  private static CaseEvent event(ResultSet row, int number) throws SQLException {
    return new CaseEvent(
        new CaseId(row.getObject("case_id", UUID.class)),
        row.getLong("sequence"),
        CaseEventKind.valueOf(row.getString("kind")),
        CaseState.valueOf(row.getString("state")),
        row.getLong("version"),
        CaseRows.instant(row, "at"),
        row.getObject("person_id", UUID.class),
        row.getString("person_name"),
        row.getString("text"),
        row.getString("reason"));
  }
}
