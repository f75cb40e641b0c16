package org.heliograph.reader.admin;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.heliograph.archive.catalog.Catalog;
import org.heliograph.archive.catalog.Holdings;
import org.heliograph.archive.quota.Quotas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts for operators; nothing of patients. */
final class Statistics {
  private final JdbcClient sql;
  private final Catalog archive;
  private final Quotas quotas;

  Statistics(DataSource database) {
    this.sql = JdbcClient.create(database);
    this.archive = new Catalog(database);
    this.quotas = new Quotas(database, InstantSource.system());
  }

  Map<String, Object> read() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("sites", count("select count(*) from reading.site"));
    all.put("aeTitles", count("select count(*) from reading.ae_title"));
    all.put(
        "people",
        grouped("select role, count(*) from reading.person where active group by 1 order by 1"));
    all.put(
        "casesByState",
        grouped("select state, count(*) from reading.case_file group by 1 order by 1"));
    all.put(
        "casesBySite",
        grouped(
            """
            select s.code, count(c.id) from reading.site s
            left join reading.case_file c on c.site_id = s.id group by 1 order by 1
            """));
    all.put(
        "storageCommitments",
        grouped(
            """
            select state, count(*) from reading.storage_commitment where state <> 'DONE'
            group by 1 order by 1
            """));
    Holdings held = archive.holdings();
    Map<String, Object> archived = new LinkedHashMap<>();
    archived.put("patients", held.patients());
    archived.put("studies", held.studies());
    archived.put("series", held.series());
    archived.put("instances", held.instances());
    archived.put("bytes", held.bytes());
    archived.put("waitingArrivals", held.waitingArrivals());
    archived.put("parkedArrivals", count("select count(*) from reading.parked_arrival"));
    archived.put("quarantined", held.quarantined());
    archived.put(
        "integrityFindings",
        count("select count(*) from archive.integrity_finding where resolved_at is null"));
    archived.put("rejected", count("select count(*) from archive.rejected_instance"));
    archived.put(
        "removalsWaiting", count("select count(*) from archive.deletion where state = 'WAITING'"));
    archived.put(
        "legalHolds", count("select count(*) from archive.legal_hold where released_at is null"));
    archived.put(
        "sitesOverQuota", quotas.usage().stream().filter(site -> site.threshold() == 100).count());
    archived.put(
        "sitesNearQuota",
        quotas.usage().stream()
            .filter(site -> site.threshold() > 0 && site.threshold() < 100)
            .count());
    all.put("archive", archived);
    all.put("lastBackup", newest("BACKUP"));
    all.put("lastRehearsal", newest("REHEARSAL"));
    all.put("auditEvents", count("select count(*) from reading.audit_event"));
    all.put("databaseBytes", count("select pg_database_size(current_database())"));
    return all;
  }

  /** When it ended and whether it passed, or null if there was none. */
  private @Nullable Map<String, Object> newest(String kind) {
    return sql.sql(
            """
            select generation, ended_at, passed from reading.backup_run where kind = ?
            order by id desc limit 1
            """)
        .param(kind)
        .query((row, n) -> {
          Map<String, Object> run = new LinkedHashMap<>();
          run.put("generation", row.getString(1));
          run.put("at", row.getObject(2, OffsetDateTime.class).toInstant().toString());
          run.put("passed", row.getBoolean(3));
          return run;
        })
        .optional()
        .orElse(null);
  }

  private long count(String question) {
    return sql.sql(question).query(Long.class).single();
  }

  private Map<String, Long> grouped(String question) {
    Map<String, Long> counts = new LinkedHashMap<>();
    sql.sql(question)
        .query(row -> {
          counts.put(row.getString(1), row.getLong(2));
        });
    return counts;
  }
}
