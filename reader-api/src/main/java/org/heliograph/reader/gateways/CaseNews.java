package org.heliograph.reader.gateways;

import java.util.List;
import java.util.UUID;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.link.Urgency;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseObserver;
import org.heliograph.reader.cases.CaseState;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells gateways where the cases stand that came by them: each state once, with the change that
 * leads to it.
 */
@Component
public class CaseNews implements CaseObserver {
  private static final String GATEWAYS =
      """
      select c.gateway_id from reading.gateway_case c
      join reading.gateway g on g.id = c.gateway_id
      where c.case_id = ? and g.switched_off_at is null
      order by c.gateway_id
      """;
  private static final String TOLD =
      """
      update reading.gateway_case set told = :news
      where gateway_id = :gateway and case_id = :case and told <> :news
      """;
  private static final String QUESTION =
      """
      select sequence, text from reading.case_event
      where case_id = ? and kind = 'INFO_REQUESTED' order by sequence desc limit 1
      """;
  private static final String STUDIES =
      """
      select distinct s.study_instance_uid from reading.parcel_study s
      join reading.parcel p on p.id = s.parcel_id
      where s.case_id = ? and p.gateway_id = ? order by s.study_instance_uid
      """;

  private final JdbcClient sql;
  private final Outbox outbox;

  CaseNews(JdbcClient sql, Outbox outbox) {
    this.sql = sql;
    this.outbox = outbox;
  }

  /** From now on the gateway is told of this locked case, of which it sent pictures. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void cameBy(UUID gateway, CaseFile locked) {
    sql.sql(
            """
            insert into reading.gateway_case (gateway_id, case_id) values (?, ?)
            on conflict do nothing
            """)
        .params(gateway, locked.id().value())
        .update();
    changed(locked);
  }

  private record Question(long sequence, String text) {
    @Override
    public String toString() {
      return "Question[" + sequence + "]";
    }
  }

  @Override
  public void changed(CaseFile after) {
    List<UUID> gateways =
        sql.sql(GATEWAYS)
            .param(after.id().value())
            .query((row, n) -> row.getObject(1, UUID.class))
            .list();
    if (gateways.isEmpty()) {
      return;
    }
    Question question = after.state() == CaseState.NEEDS_INFO ? question(after) : null;
    String news =
        after.state()
            + " "
            + after.request().urgency()
            + " "
            + (question == null ? "" : question.sequence());
    for (UUID gateway : gateways) {
      boolean isNew =
          sql.sql(TOLD)
                  .param("news", news)
                  .param("gateway", gateway)
                  .param("case", after.id().value())
                  .update()
              == 1;
      if (isNew) {
        outbox.add(gateway, message(gateway, after, question));
      }
    }
  }

  private HubMessage message(UUID gateway, CaseFile after, @Nullable Question question) {
    return new HubMessage.CaseNews(
        0,
        after.id().value(),
        after.number(),
        sql.sql(STUDIES)
            .params(after.id().value(), gateway)
            .query((row, n) -> row.getString(1))
            .list(),
        after.state().name(),
        Urgency.valueOf(after.request().urgency().name()),
        question == null ? null : question.text(),
        after.updatedAt());
  }

  private @Nullable Question question(CaseFile file) {
    return sql.sql(QUESTION)
        .param(file.id().value())
        .query((row, n) -> new Question(row.getLong(1), row.getString(2)))
        .optional()
        .orElse(null);
  }
}
