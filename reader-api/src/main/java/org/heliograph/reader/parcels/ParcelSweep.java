package org.heliograph.reader.parcels;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.heliograph.reader.gateways.GatewaySettings;
import org.heliograph.reader.intake.UploadFiles;
import org.heliograph.reader.problem.ProblemCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes what is not needed any more: files of parts that were unpacked, previews and patients'
 * data of parcels that are complete for a while, and bytes of uploads that nobody continues. Has
 * parts sent again that lie in the data folder of a hub process that is gone.
 */
@Component
class ParcelSweep {
  private static final Logger log = LoggerFactory.getLogger(ParcelSweep.class);

  private static final String DONE =
      """
      select file_id from reading.parcel_part
      where keeper = ? and state = 'DONE' and has_file limit 500
      """;
  private static final String ABANDONED =
      """
      select file_id from reading.parcel_part
      where keeper = ? and state = 'ARRIVING' and has_file
        and touched_at < clock_timestamp() - make_interval(secs => ?)
      limit 500
      """;
  private static final String FORGOTTEN =
      """
      update reading.parcel_part
      set has_file = false, verified_bytes = case state when 'ARRIVING' then 0 else verified_bytes end,
          keeper = case state when 'ARRIVING' then null else keeper end
      where file_id = ?
      """;
  private static final String TIDY =
      """
      with old as (
        select id from reading.parcel
        where completed_at < clock_timestamp() - make_interval(secs => ?) and not tidied
        order by completed_at limit 100 for update skip locked),
      previews as (
        delete from reading.parcel_preview v using old where v.parcel_id = old.id),
      headers as (
        update reading.parcel_study s set header = '{}' from old where s.parcel_id = old.id),
      words as (
        update reading.parcel_object o set title = '', view = ''
        from old where o.parcel_id = old.id and o.media_type <> '')
      update reading.parcel p set tidied = true from old where p.id = old.id
      """;
  private static final String LEFT_BEHIND =
      """
      select parcel_id, number from reading.parcel_part
      where state = 'WHOLE' and keeper <> ? and due_at < clock_timestamp() - interval '1 hour'
        and (claimed_until is null or claimed_until < clock_timestamp() - interval '1 hour')
      limit 500
      """;

  private final JdbcClient sql;
  private final UploadFiles files;
  private final UUID hub;
  private final PartRows rows;
  private final PartUploads uploads;
  private final GatewaySettings settings;
  private final TransactionTemplate transaction;

  ParcelSweep(
      JdbcClient sql,
      UploadFiles files,
      HubIdentity hub,
      PartRows rows,
      PartUploads uploads,
      GatewaySettings settings,
      TransactionTemplate transaction) {
    this.sql = sql;
    this.files = files;
    this.hub = hub.id();
    this.rows = rows;
    this.uploads = uploads;
    this.settings = settings;
    this.transaction = transaction;
  }

  @Scheduled(fixedDelayString = "${heliograph.gateways.sweep:60s}", initialDelayString = "10s")
  void sweep() {
    try {
      forget(sql.sql(DONE).param(hub).query((row, n) -> row.getObject(1, UUID.class)).list());
      forget(
          sql.sql(ABANDONED)
              .params(hub, (double) settings.abandonedAfter().toSeconds())
              .query((row, n) -> row.getObject(1, UUID.class))
              .list());
      sql.sql(TIDY).param((double) settings.previewsKept().toSeconds()).update();
      sendAgain();
    } catch (DataAccessException | TransactionException | IOException e) {
      log.warn("event=parcels.sweep.failed fault={}", e.getClass().getSimpleName());
    }
  }

  private void forget(List<UUID> fileIds) throws IOException {
    for (UUID file : fileIds) {
      files.delete(file);
      sql.sql(FORGOTTEN).param(file).update();
    }
  }

  private void sendAgain() {
    record Key(UUID parcel, int number) {}
    for (Key key :
        sql.sql(LEFT_BEHIND)
            .param(hub)
            .query((row, n) -> new Key(row.getObject(1, UUID.class), row.getInt(2)))
            .list()) {
      log.warn("event=part.left_behind parcel={} part={}", key.parcel(), key.number());
      transaction.executeWithoutResult(status ->
          rows.byId(key.parcel(), key.number())
              .ifPresent(part -> uploads.wanted(part, ProblemCode.OBJECT_MISSING)));
    }
  }
}
