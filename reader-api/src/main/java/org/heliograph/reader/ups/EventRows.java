package org.heliograph.reader.ups;

import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.json.DicomJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Event reports that wait for their subscribers: {@code reading.ups_event}. What is written joins
 * the transaction of the change that is reported.
 */
@Component
class EventRows {
  private static final String SUBSCRIBED =
      """
      select s.subscriber_id, s.in_view, exists (
          select 1 from reading.visible_workitem(u.person_id) v where v.workitem_id = :workitem
        ) as sees
      from reading.ups_subscription s
      join reading.ups_subscriber u on u.id = s.subscriber_id
      where s.workitem_id = :workitem
      order by s.subscriber_id
      """;
  private static final String GLOBAL =
      """
      select u.id, u.global, u.match_keys from reading.ups_subscriber u
      where u.global <> 'NONE'
        and not exists (
          select 1 from reading.ups_subscription s
          where s.subscriber_id = u.id and s.workitem_id = :workitem)
        and exists (
          select 1 from reading.visible_workitem(u.person_id) v where v.workitem_id = :workitem)
      order by u.id
      """;
  private static final String SUBSCRIBE =
      """
      insert into reading.ups_subscription (subscriber_id, workitem_id, deletion_lock, in_view)
      values (?, ?, ?, true) on conflict do nothing
      """;
  private static final String INSERT =
      """
      insert into reading.ups_event (subscriber_id, workitem_uid, event_type, report)
      values (?, ?, ?, ?)
      """;

  private record Subscribed(long subscriber, boolean saw, boolean sees) {}

  private record Global(long subscriber, boolean lock, MatchKeys keys) {}

  /** A report as it waits. */
  record Waiting(long id, String workitemUid, int type, Dataset information) {
    @Override
    public String toString() {
      return "Waiting[" + id + ", " + type + "]";
    }
  }

  private final JdbcClient sql;

  EventRows(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * Tells the subscribers of a workitem what happened to it, and makes those with a global
   * subscription that see it for the first time subscribers; these are told its state.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void tell(Workitem workitem, List<EventReport> reports) {
    for (var subscribed : subscribed(workitem)) {
      for (var report : reports) {
        boolean may =
            subscribed.sees()
                || (subscribed.saw() && report.audience() == EventReport.Audience.SAW_OR_SEES);
        if (may) {
          insert(subscribed.subscriber(), workitem.uid(), report);
        }
      }
      if (subscribed.saw() != subscribed.sees()) {
        sql.sql(
                """
                update reading.ups_subscription set in_view = ?
                where subscriber_id = ? and workitem_id = ?
                """)
            .params(subscribed.sees(), subscribed.subscriber(), workitem.id())
            .update();
      }
    }
    var newcomers = new ArrayList<Long>();
    for (var global : globals(workitem)) {
      if (global.keys().match(workitem.answer())) {
        sql.sql(SUBSCRIBE).params(global.subscriber(), workitem.id(), global.lock()).update();
        newcomers.add(global.subscriber());
      }
    }
    for (long newcomer : newcomers) {
      insert(newcomer, workitem.uid(), EventReport.state(workitem));
      if (!workitem.dataset().items(Tag.ScheduledHumanPerformersSequence).isEmpty()) {
        insert(newcomer, workitem.uid(), EventReport.assigned(workitem));
      }
    }
  }

  void insert(long subscriber, String workitemUid, EventReport report) {
    sql.sql(INSERT)
        .params(
            subscriber,
            workitemUid,
            report.type(),
            DicomJson.write(report.information(), _ -> null))
        .update();
  }

  /** The oldest reports that wait for this subscriber. */
  List<Waiting> waiting(long subscriber, int limit) {
    return sql.sql(
            """
            select id, workitem_uid, event_type, report from reading.ups_event
            where subscriber_id = ? order by id limit ?
            """)
        .params(subscriber, limit)
        .query((row, n) ->
            new Waiting(
                row.getLong("id"),
                row.getString("workitem_uid"),
                row.getInt("event_type"),
                DicomJson.read(row.getString("report"))))
        .list();
  }

  /** The subscriber has these. */
  void delete(List<Waiting> received) {
    sql.sql("delete from reading.ups_event where id = any (?)")
        .param(received.stream().map(Waiting::id).toArray(Long[]::new))
        .update();
  }

  private List<Subscribed> subscribed(Workitem workitem) {
    return sql.sql(SUBSCRIBED)
        .param("workitem", workitem.id())
        .query((row, n) ->
            new Subscribed(
                row.getLong("subscriber_id"), row.getBoolean("in_view"), row.getBoolean("sees")))
        .list();
  }

  private List<Global> globals(Workitem workitem) {
    return sql.sql(GLOBAL)
        .param("workitem", workitem.id())
        .query((row, n) ->
            new Global(
                row.getLong("id"),
                row.getString("global").equals("WITH_LOCK"),
                MatchKeys.fromJson(row.getString("match_keys"))))
        .list();
  }
}
