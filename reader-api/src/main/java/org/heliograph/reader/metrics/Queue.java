package org.heliograph.reader.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Something that waits: asked how much of it and since when the oldest.
 *
 * @param name a label
 * @param question SQL for one row: count, and age of the oldest in seconds or null
 * @param patience how old the oldest may become before the alarm
 */
record Queue(String name, String question, Duration patience) {
  /** Cases that nobody has taken yet, since they wait for a reader. */
  private static Queue cases(String urgency, Duration patience) {
    return new Queue(
        "cases-" + urgency.toLowerCase(Locale.ROOT),
        "select count(*), extract(epoch from clock_timestamp() - min(clock_started_at))"
            + " from reading.case_file where state = 'WAITING' and urgency = '"
            + urgency
            + "'",
        patience);
  }

  static List<Queue> all(AlarmSettings settings) {
    return List.of(
        new Queue(
            "arrivals",
            """
            select count(*), extract(epoch from clock_timestamp() - min(created_at))
            from archive.outbox
            """,
            settings.arrivals()),
        new Queue(
            "parcels",
            """
            select count(*), extract(epoch from clock_timestamp() - min(touched_at))
            from reading.parcel_part where state = 'WHOLE'
            """,
            settings.arrivals()),
        new Queue(
            "parcels-parked",
            """
            select count(*), extract(epoch from clock_timestamp() - min(touched_at))
            from reading.parcel_part where state = 'PARKED'
            """,
            settings.parked()),
        new Queue(
            "publications",
            """
            select count(*), extract(epoch from clock_timestamp() - min(i.issued_at))
            from reading.publication p join reading.report_issue i on i.id = p.issue_id
            where p.state = 'PENDING'
            """,
            settings.publications()),
        new Queue(
            "publications-parked",
            """
            select count(*), extract(epoch from clock_timestamp() - min(i.issued_at))
            from reading.publication p join reading.report_issue i on i.id = p.issue_id
            where p.state = 'PARKED'
            """,
            settings.parked()),
        new Queue(
            "arrivals-parked",
            """
            select count(*), extract(epoch from clock_timestamp() - min(parked_at))
            from reading.parked_arrival
            """,
            settings.parked()),
        new Queue(
            "event-reports",
            """
            select count(*), extract(epoch from clock_timestamp() - min(created_at))
            from reading.ups_event
            """,
            settings.eventReports()),
        cases("EMERGENCY", settings.emergencyCases()),
        cases("URGENT", settings.urgentCases()),
        cases("ROUTINE", settings.routineCases()));
  }
}
