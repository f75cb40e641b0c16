package org.heliograph.reader.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.reader.cases.CaseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** {@code reading.report_draft} and the append-only {@code reading.report_issue}. */
@Component
class ReportRows {
  private static final String SAVE_DRAFT =
      """
      insert into reading.report_draft (case_id, version, sections, saved_by, saved_at)
      values (:case, 1, :sections::jsonb, :person, clock_timestamp())
      on conflict (case_id) do update
      set version = reading.report_draft.version + 1, sections = excluded.sections,
          saved_by = excluded.saved_by, saved_at = excluded.saved_at
      where reading.report_draft.version = :version
      returning version
      """;
  private static final String ISSUES =
      """
      select id, case_id, number, kind, sections::text as sections, text, author_id, author_name,
             author_credentials, issued_at, report_series_uid, structured_report_uid,
             document_series_uid, encapsulated_pdf_uid
      from reading.report_issue
      """;
  private static final String INSERT_ISSUE =
      """
      insert into reading.report_issue (id, case_id, number, kind, sections, text, author_id,
        author_name, author_credentials, issued_at, pdf, pdf_sha256, report_series_uid,
        structured_report_uid, document_series_uid, encapsulated_pdf_uid)
      values (:id, :case, :number, :kind, :sections::jsonb, :text, :author, :name, :credentials,
        :at, :pdf, sha256(:pdf), :reportSeries, :structuredReport, :documentSeries, :encapsulatedPdf)
      """;

  private final JdbcClient sql;
  private final JsonMapper json;

  ReportRows(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  ReportDraft draft(CaseId id) {
    return sql.sql(
            "select version, sections::text as sections from reading.report_draft where case_id = ?")
        .param(id.value())
        .query((row, n) -> new ReportDraft(row.getLong("version"), sections(row)))
        .optional()
        .orElse(ReportDraft.NONE);
  }

  /** Saves over the given version and returns the new one; empty if somebody saved meanwhile. */
  Optional<Long> saveDraft(CaseId id, UUID person, long version, ReportSections sections) {
    if (draft(id).version() != version) {
      return Optional.empty();
    }
    return sql.sql(SAVE_DRAFT)
        .param("case", id.value())
        .param("sections", json.writeValueAsString(sections))
        .param("person", person)
        .param("version", version)
        .query(Long.class)
        .optional();
  }

  /** Every issue of a case, oldest first. */
  List<ReportIssue> issues(CaseId id) {
    return sql.sql(ISSUES + " where case_id = ? order by number")
        .param(id.value())
        .query((row, n) -> issueOf(row))
        .list();
  }

  Optional<ReportIssue> issue(UUID id) {
    return sql.sql(ISSUES + " where id = ?").param(id).query((row, n) -> issueOf(row)).optional();
  }

  /** The PDF of the last signed issue. */
  Optional<byte[]> signedPdf(CaseId id) {
    return sql.sql(
            """
            select pdf from reading.report_issue
            where case_id = ? and kind <> 'PRELIMINARY' order by number desc limit 1
            """)
        .param(id.value())
        .query((row, n) -> row.getBytes("pdf"))
        .optional();
  }

  Optional<byte[]> pdf(UUID issue) {
    return sql.sql("select pdf from reading.report_issue where id = ?")
        .param(issue)
        .query((row, n) -> row.getBytes("pdf"))
        .optional();
  }

  void insert(ReportIssue issue, byte @Nullable [] pdf) {
    ReportUids uids = issue.uids();
    sql.sql(INSERT_ISSUE)
        .param("id", issue.id())
        .param("case", issue.caseId().value())
        .param("number", issue.number())
        .param("kind", issue.kind().name())
        .param("sections", json.writeValueAsString(issue.sections()))
        .param("text", issue.text())
        .param("author", issue.authorId())
        .param("name", issue.signature().name())
        .param("credentials", issue.signature().credentials())
        .param("at", OffsetDateTime.ofInstant(issue.at(), ZoneOffset.UTC))
        .param("pdf", pdf)
        .param("reportSeries", uids == null ? null : uids.reportSeries())
        .param("structuredReport", uids == null ? null : uids.structuredReport())
        .param("documentSeries", uids == null ? null : uids.documentSeries())
        .param("encapsulatedPdf", uids == null ? null : uids.encapsulatedPdf())
        .update();
  }

  private ReportIssue issueOf(ResultSet row) throws SQLException {
    int number = row.getInt("number");
    String report = row.getString("structured_report_uid");
    ReportUids uids =
        report == null
            ? null
            : new ReportUids(
                number,
                row.getString("report_series_uid"),
                report,
                row.getString("document_series_uid"),
                row.getString("encapsulated_pdf_uid"));
    Instant at = row.getObject("issued_at", OffsetDateTime.class).toInstant();
    return new ReportIssue(
        row.getObject("id", UUID.class),
        new CaseId(row.getObject("case_id", UUID.class)),
        number,
        ReportIssue.Kind.valueOf(row.getString("kind")),
        sections(row),
        row.getString("text"),
        row.getObject("author_id", UUID.class),
        new ReportDocument.Signature(
            row.getString("author_name"), row.getString("author_credentials"), at),
        uids);
  }

  private ReportSections sections(ResultSet row) throws SQLException {
    return json.readValue(row.getString("sections"), ReportSections.class);
  }
}
