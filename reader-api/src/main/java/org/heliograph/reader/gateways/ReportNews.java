package org.heliograph.reader.gateways;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.node.link.HubMessage;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.CaseStudy;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.delivery.DeliveryObserver;
import org.heliograph.reader.report.ReportCopies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells the gateways of a site of each report that is delivered for it. The row is written with the
 * delivery; then a copy of each form is kept, so that what is fetched is what was told, and the
 * gateway gets its message.
 */
@Component
class ReportNews implements DeliveryObserver {
  private static final Logger log = LoggerFactory.getLogger(ReportNews.class);
  private static final int AT_ONCE = 50;

  private static final String CLAIM =
      """
      update reading.gateway_report r
      set attempt = attempt + 1,
          due_at = clock_timestamp() + least(600, power(2, least(attempt, 10)) * 5) * interval '1 second'
      where (r.gateway_id, r.delivery_id) = (
        select q.gateway_id, q.delivery_id from reading.gateway_report q
        where q.told_at is null and q.due_at <= clock_timestamp()
        order by q.due_at limit 1 for update skip locked)
      returning r.gateway_id, r.delivery_id,
        (select d.case_id from reading.delivery d where d.id = r.delivery_id) as case_id,
        (select d.issue_id from reading.delivery d where d.id = r.delivery_id) as issue_id
      """;
  private static final String TOLD =
      """
      update reading.gateway_report set told_at = clock_timestamp()
      where gateway_id = ? and delivery_id = ? and told_at is null
      """;

  private final Gateways gateways;
  private final Cases cases;
  private final ReportCopies copies;
  private final Outbox outbox;
  private final JdbcClient sql;
  private final TransactionTemplate transaction;

  ReportNews(
      Gateways gateways,
      Cases cases,
      ReportCopies copies,
      Outbox outbox,
      JdbcClient sql,
      TransactionTemplate transaction) {
    this.gateways = gateways;
    this.cases = cases;
    this.copies = copies;
    this.outbox = outbox;
    this.sql = sql;
    this.transaction = transaction;
  }

  private record Due(UUID gateway, UUID delivery, CaseId caseId, UUID issue) {}

  @Override
  public void delivered(CaseFile file, UUID issueId, UUID deliveryId) {
    for (Gateway gateway : gateways.ofSite(file.siteId())) {
      sql.sql("insert into reading.gateway_report (gateway_id, delivery_id) values (?, ?)")
          .params(gateway.id(), deliveryId)
          .update();
    }
  }

  @Scheduled(fixedDelayString = "${heliograph.gateways.reports:1s}", initialDelayString = "2s")
  void work() {
    try {
      for (int i = 0; i < AT_ONCE && tellNext(); i++) {
        // Until nothing is due.
      }
    } catch (DataAccessException | TransactionException e) {
      log.warn("event=gateway.reports.failed fault={}", e.getClass().getSimpleName());
    }
  }

  /** Tells one gateway of one report; false if nothing is due. */
  private boolean tellNext() {
    Due due = transaction.execute(status -> claim().orElse(null));
    if (due == null) {
      return false;
    }
    try {
      CaseFile file = transaction.execute(status -> cases.lock(due.caseId()));
      ReportCopies.Copy copy = copies.of(due.issue(), file).orElse(null);
      if (copy != null) {
        transaction.executeWithoutResult(status -> tell(due, file, copy));
      }
    } catch (IOException e) {
      log.warn("event=gateway.report.later fault={}", e.getClass().getSimpleName());
    }
    return true;
  }

  private Optional<Due> claim() {
    return sql.sql(CLAIM)
        .query((row, n) ->
            new Due(
                row.getObject("gateway_id", UUID.class),
                row.getObject("delivery_id", UUID.class),
                new CaseId(row.getObject("case_id", UUID.class)),
                row.getObject("issue_id", UUID.class)))
        .optional();
  }

  private void tell(Due due, CaseFile file, ReportCopies.Copy copy) {
    if (sql.sql(TOLD).params(due.gateway(), due.delivery()).update() == 0) {
      return;
    }
    keep(due.delivery(), "pdf", copy.pdf());
    byte[] object = copy.structuredReport();
    if (object != null) {
      keep(due.delivery(), "sr", object);
    }
    keep(due.delivery(), "text", copy.text().getBytes(StandardCharsets.UTF_8));
    outbox.add(
        due.gateway(),
        new HubMessage.ReportReady(
            0,
            due.delivery(),
            file.id().value(),
            file.number(),
            cases.studies(file.id()).stream()
                .map(CaseStudy::study)
                .map(study -> study.value().value())
                .toList(),
            file.patient().displayName(),
            file.patient().id(),
            copy.title(),
            copy.signedAt(),
            forms(due.delivery())));
  }

  /** Another gateway of the site may have been told before: one copy is for all. */
  private void keep(UUID delivery, String form, byte[] content) {
    sql.sql(
            """
            insert into reading.delivery_form (delivery_id, form, content) values (?, ?, ?)
            on conflict do nothing
            """)
        .params(delivery, form, content)
        .update();
  }

  private List<HubMessage.Form> forms(UUID delivery) {
    return new ArrayList<>(
        sql.sql(
                """
                select form, length(content) as bytes, sha256(content) as digest
                from reading.delivery_form where delivery_id = ? order by form
                """)
            .param(delivery)
            .query((row, n) ->
                new HubMessage.Form(
                    row.getString("form"),
                    row.getLong("bytes"),
                    HexFormat.of().formatHex(row.getBytes("digest"))))
            .list());
  }
}
