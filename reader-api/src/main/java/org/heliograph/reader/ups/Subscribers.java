package org.heliograph.reader.ups;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.archive.catalog.Search.NameMatching;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who subscribes to what (PS3.4 CC.2.3). An AE title belongs to the person who uses it: two people
 * may have the same one and know nothing of each other. A person has at most {@value #AE_TITLES}.
 */
@Component
class Subscribers {
  static final int AE_TITLES = 16;
  private static final int PAGE = 200;
  private static final WorkitemRows.Narrowed ALL =
      new WorkitemRows.Narrowed(List.of(), List.of(), "", "");
  private static final String ENTER =
      """
      insert into reading.ups_subscriber (person_id, ae_title) values (?, ?)
      on conflict (person_id, ae_title) do update set seen_at = clock_timestamp()
      returning id
      """;
  private static final String SUBSCRIBE =
      """
      insert into reading.ups_subscription (subscriber_id, workitem_id, deletion_lock, in_view)
      values (?, ?, ?, true)
      on conflict (subscriber_id, workitem_id) do
      """;

  /** A specific subscription is changed by the same request again, a global one leaves it. */
  private static final String SPECIFIC =
      SUBSCRIBE + " update set deletion_lock = excluded.deletion_lock, in_view = true";

  private static final String OF_GLOBAL = SUBSCRIBE + " nothing";

  /** Every workitem, for a global subscription without keys. */
  static final MatchKeys EVERYTHING = new MatchKeys(Map.of(), NameMatching.LITERAL);

  private final JdbcClient sql;
  private final WorkitemRows workitems;
  private final EventRows events;

  Subscribers(JdbcClient sql, WorkitemRows workitems, EventRows events) {
    this.sql = sql;
    this.workitems = workitems;
    this.events = events;
  }

  /** The subscriber, made if there is none yet. */
  @Transactional
  public long enter(Person person, AeTitle aeTitle) {
    long id = sql.sql(ENTER).params(person.id(), aeTitle.value()).query(Long.class).single();
    long all =
        sql.sql("select count(*) from reading.ups_subscriber where person_id = ?")
            .param(person.id())
            .query(Long.class)
            .single();
    if (all > AE_TITLES) {
      throw new ProblemException(ProblemCode.UPS_TOO_MANY, AE_TITLES + " AE titles of a person");
    }
    return id;
  }

  /** Subscribes to one workitem, whose state is then reported. */
  @Transactional
  public void toWorkitem(Person person, AeTitle aeTitle, String uid, boolean deletionLock) {
    var workitem =
        workitems
            .visible(uid, person.id())
            .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    long subscriber = enter(person, aeTitle);
    sql.sql(SPECIFIC).params(subscriber, workitem.id(), deletionLock).update();
    events.insert(subscriber, uid, EventReport.state(workitem));
  }

  /**
   * Subscribes to the workitems there are and those to come, as far as the person sees them and the
   * keys match. With a deletion lock the states of those there are are reported.
   */
  @Transactional
  public void toWorklist(Person person, AeTitle aeTitle, boolean deletionLock, MatchKeys keys) {
    long subscriber = enter(person, aeTitle);
    sql.sql("update reading.ups_subscriber set global = ?, match_keys = ? where id = ?")
        .params(deletionLock ? "WITH_LOCK" : "WITHOUT_LOCK", keys.toJson(), subscriber)
        .update();
    Workitem after = null;
    List<Workitem> page;
    do {
      page = workitems.page(person.id(), ALL, after, PAGE);
      for (var workitem : page) {
        after = workitem;
        boolean isNew =
            keys.match(workitem.answer())
                && sql.sql(OF_GLOBAL).params(subscriber, workitem.id(), deletionLock).update() > 0;
        if (isNew && deletionLock) {
          events.insert(subscriber, workitem.uid(), EventReport.state(workitem));
        }
      }
    } while (page.size() == PAGE);
  }

  /** Ends one subscription; TR-0347 if there is none. */
  @Transactional
  public void leaveWorkitem(Person person, AeTitle aeTitle, String uid) {
    long subscriber = require(person, aeTitle);
    int ended =
        sql.sql(
                """
                delete from reading.ups_subscription s using reading.ups_workitem w
                where s.subscriber_id = ? and s.workitem_id = w.id and w.uid = ?
                """)
            .params(subscriber, uid)
            .update();
    if (ended == 0) {
      throw new ProblemException(ProblemCode.UPS_NOT_SUBSCRIBED);
    }
    sql.sql("delete from reading.ups_event where subscriber_id = ? and workitem_uid = ?")
        .params(subscriber, uid)
        .update();
  }

  /** Ends the global subscription and all others of this AE title (PS3.4 CC.2.3.1, note). */
  @Transactional
  public void leaveWorklist(Person person, AeTitle aeTitle) {
    long subscriber = require(person, aeTitle);
    int ended = endGlobal(subscriber);
    ended +=
        sql.sql("delete from reading.ups_subscription where subscriber_id = ?")
            .param(subscriber)
            .update();
    if (ended == 0) {
      throw new ProblemException(ProblemCode.UPS_NOT_SUBSCRIBED);
    }
    sql.sql("delete from reading.ups_event where subscriber_id = ?").param(subscriber).update();
  }

  /** Is not subscribed to new workitems any more; TR-0347 without a global subscription. */
  @Transactional
  public void suspend(Person person, AeTitle aeTitle) {
    if (endGlobal(require(person, aeTitle)) == 0) {
      throw new ProblemException(ProblemCode.UPS_NOT_SUBSCRIBED);
    }
  }

  private int endGlobal(long subscriber) {
    return sql.sql(
            """
            update reading.ups_subscriber set global = 'NONE', match_keys = '{}'
            where id = ? and global <> 'NONE'
            """)
        .param(subscriber)
        .update();
  }

  private long require(Person person, AeTitle aeTitle) {
    return find(person.id(), aeTitle)
        .orElseThrow(() -> new ProblemException(ProblemCode.UPS_NOT_SUBSCRIBED));
  }

  private Optional<Long> find(UUID person, AeTitle aeTitle) {
    return sql.sql("select id from reading.ups_subscriber where person_id = ? and ae_title = ?")
        .params(person, aeTitle.value())
        .query(Long.class)
        .optional();
  }

  /**
   * If reports were dropped because there were too many: reports the state of every workitem that
   * is subscribed to and still seen, instead of what happened in between.
   */
  @Transactional
  public void catchUp(long subscriber, UUID person) {
    int overflowed =
        sql.sql(
                """
                update reading.ups_subscriber set overflowed = false, seen_at = clock_timestamp()
                where id = ? and overflowed
                """)
            .param(subscriber)
            .update();
    if (overflowed == 0) {
      return;
    }
    var subscribed =
        List.copyOf(
            sql.sql(
                    """
                    select w.uid from reading.ups_subscription s
                    join reading.ups_workitem w on w.id = s.workitem_id
                    where s.subscriber_id = ? order by w.id
                    """)
                .param(subscriber)
                .query((row, n) -> row.getString(1))
                .list());
    for (String uid : subscribed) {
      workitems
          .visible(uid, person)
          .ifPresent(workitem -> events.insert(subscriber, uid, EventReport.state(workitem)));
    }
  }

  /** Tells everybody who subscribes that the service was started again, with all it knew. */
  @Transactional
  public void tellRestarted() {
    var information =
        Dataset.builder()
            .string(Tag.SCPStatus, "RESTARTED")
            .string(Tag.SubscriptionListStatus, "WARM START")
            .string(Tag.UnifiedProcedureStepListStatus, "WARM START")
            .build();
    var report = new EventReport(EventReport.SCP_STATUS, EventReport.Audience.SEES, information);
    var all =
        sql.sql(
                """
                select u.id from reading.ups_subscriber u
                where (u.global <> 'NONE'
                    or exists (select 1 from reading.ups_subscription s where s.subscriber_id = u.id))
                  and not exists (
                    select 1 from reading.ups_event e
                    where e.subscriber_id = u.id and e.event_type = ?)
                order by u.id
                """)
            .param(EventReport.SCP_STATUS)
            .query(Long.class)
            .list();
    for (long subscriber : all) {
      events.insert(subscriber, Uids.UpsGlobalSubscriptionInstance, report);
    }
  }
}
