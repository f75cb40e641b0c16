package org.heliograph.archive.catalog;

import java.util.Map;
import org.heliograph.archive.catalog.QueryAttribute.Place;

/**
 * The SQL of a search. Studies come newest first and what is in them in the order of arrival;
 * patients come by our own number, the last first. All four orders are those of an index, so that a
 * page of a large result is read without the rest.
 */
final class SearchStatement {
  private static final String STUDY_COLUMNS =
      """
      s.id as study_row, s.ordering_date, s.study_instance_uid, s.study_date, s.study_time,
      s.accession_number, s.study_id, s.study_description, s.referring_physician_name,
      s.timezone_offset_from_utc, s.patient_name, s.patient_birth_date, s.patient_sex,
      s.series_count, s.instance_count, s.modalities, s.sop_classes,
      p.patient_id, p.issuer_of_patient_id
      """;

  private static final String SERIES_COLUMNS =
      """
      e.id as series_row, e.series_instance_uid, e.modality, e.series_number, e.series_description,
      e.body_part_examined, e.laterality, e.performed_procedure_step_start_date,
      e.performed_procedure_step_start_time, e.instance_count as series_instance_count,
      array(select array[r.requested_procedure_id, r.scheduled_procedure_step_id,
          r.accession_number, r.study_instance_uid]
        from archive.series_request r where r.series_ref = e.id order by r.id) as requests
      """;

  private static final String INSTANCE_COLUMNS =
      """
      i.id as instance_row, i.sop_instance_uid, i.sop_class_uid, i.transfer_syntax_uid,
      i.instance_number, i.rows, i.columns, i.bits_allocated, i.number_of_frames
      """;

  private static final String PATIENT_PAGE =
      """
      select p.id as patient_row, p.patient_id, p.issuer_of_patient_id, n.patient_name,
        n.patient_birth_date, n.patient_sex, t.study_count, t.series_count, t.instance_count,
        {header} as header_row
      from archive.patient p
      cross join lateral (
        select s.id, s.patient_name, s.patient_birth_date, s.patient_sex from archive.study s
        where s.patient_ref = p.id and s.listed and {visible}
        order by s.ordering_date desc, s.id desc limit 1) n
      cross join lateral (
        select count(*) as study_count, sum(s.series_count) as series_count,
          sum(s.instance_count) as instance_count
        from archive.study s
        where s.patient_ref = p.id and s.listed and {visible}) t
      where {patient} and {study}
      order by p.id desc
      """;

  private static final String OF_STUDY =
      "(select h.id from archive.instance h where h.study_ref = {s} order by h.id limit 1)";
  private static final String OF_SERIES =
      """
      (select h.id from archive.instance h where h.series_ref = e.id
        order by h.instance_number, h.id limit 1)\
      """;

  private static final String PAGE = " limit :limit offset :offset";
  private static final String SERIES_OF_INSTANCE = " join archive.series e on e.id = i.series_ref";
  private static final String STUDY_OF_SERIES = " join archive.study s on s.id = e.study_ref";
  private static final String PATIENT_OF_STUDY = " join archive.patient p on p.id = s.patient_ref";

  private SearchStatement() {}

  /** The rows of a page are found first, then what is told of them. */
  static String page(Search search, Criteria criteria, boolean continued) {
    return switch (search.level()) {
      case PATIENT -> patients(search, criteria, continued) + PAGE;
      case STUDY ->
          select(STUDY_COLUMNS, header(search))
              + " from (select s.id"
              + from(search.level(), criteria)
              + (continued ? " and (s.ordering_date, s.id) < (:date, :study)" : "")
              + " order by s.ordering_date desc, s.id desc"
              + PAGE
              + ") page join archive.study s on s.id = page.id"
              + PATIENT_OF_STUDY
              + " order by s.ordering_date desc, s.id desc";
      case SERIES ->
          select(STUDY_COLUMNS + ", " + SERIES_COLUMNS, header(search))
              + " from (select e.id"
              + from(search.level(), criteria)
              + (continued
                  ? " and (s.ordering_date, s.id) <= (:date, :study)"
                      + " and (s.id <> :study or e.id > :series)"
                  : "")
              + " order by s.ordering_date desc, s.id desc, e.id"
              + PAGE
              + ") page join archive.series e on e.id = page.id"
              + STUDY_OF_SERIES
              + PATIENT_OF_STUDY
              + " order by s.ordering_date desc, s.id desc, e.id";
      case INSTANCE ->
          select(STUDY_COLUMNS + ", " + SERIES_COLUMNS + ", " + INSTANCE_COLUMNS, header(search))
              + " from (select i.id"
              + from(search.level(), criteria)
              + (continued
                  ? " and (s.ordering_date, s.id) <= (:date, :study)"
                      + " and (s.id <> :study or (e.id, i.id) > (:series, :instance))"
                  : "")
              + " order by s.ordering_date desc, s.id desc, e.id, i.id"
              + PAGE
              + ") page join archive.instance i on i.id = page.id"
              + SERIES_OF_INSTANCE
              + STUDY_OF_SERIES
              + PATIENT_OF_STUDY
              + " order by s.ordering_date desc, s.id desc, e.id, i.id";
    };
  }

  /**
   * Counts at most {@code :most}, in the order of the answers: else a planner that underrates what
   * it costs to read a long list of an index goes through all studies of a modality.
   */
  static String count(Search search, Criteria criteria) {
    String rows =
        search.level() == QueryLevel.PATIENT
            ? "from archive.patient p where "
                + criteria.sql(Place.PATIENT)
                + " and "
                + patientHasStudy(criteria)
                + " order by p.id desc"
            : from(search.level(), criteria) + " order by s.ordering_date desc, s.id desc";
    return "select count(*) from (select 1 " + rows + " limit :most) counted";
  }

  /** The parameters of a page that goes on after a position. */
  static Map<String, Object> position(Position after, QueryLevel level) {
    return switch (level) {
      case PATIENT -> Map.of("patient", after.patient());
      case STUDY -> Map.of("date", after.date(), "study", after.study());
      case SERIES -> Map.of("date", after.date(), "study", after.study(), "series", after.series());
      case INSTANCE ->
          Map.of(
              "date",
              after.date(),
              "study",
              after.study(),
              "series",
              after.series(),
              "instance",
              after.instance());
    };
  }

  /** A study without instances, or with nothing but reject notes, is not there for searches. */
  private static final String LISTED = "s.listed";

  private static String select(String columns, String header) {
    return "select " + columns + ", " + header + " as header_row ";
  }

  /** Which instance's header tells more of an answer. */
  private static String header(Search search) {
    if (search.include().isEmpty()) {
      return "0";
    }
    return switch (search.level()) {
      case PATIENT -> OF_STUDY.replace("{s}", "n.id");
      case STUDY -> OF_STUDY.replace("{s}", "s.id");
      case SERIES -> OF_SERIES;
      case INSTANCE -> "i.id";
    };
  }

  private static String patients(Search search, Criteria criteria, boolean continued) {
    return PATIENT_PAGE
        .replace("{header}", header(search))
        .replace("{visible}", criteria.visible())
        .replace(
            "{patient}", criteria.sql(Place.PATIENT) + (continued ? " and p.id < :patient" : ""))
        .replace("{study}", patientHasStudy(criteria));
  }

  private static String patientHasStudy(Criteria criteria) {
    return "exists (select 1 from archive.study s where s.patient_ref = p.id and "
        + LISTED
        + " and "
        + criteria.sql(Place.STUDY)
        + seriesBelow(criteria)
        + ")";
  }

  private static String from(QueryLevel level, Criteria criteria) {
    String tables =
        switch (level) {
          case SERIES -> " from archive.series e" + STUDY_OF_SERIES;
          case INSTANCE -> " from archive.instance i" + SERIES_OF_INSTANCE + STUDY_OF_SERIES;
          default -> " from archive.study s";
        };
    String conditions =
        switch (level) {
          case SERIES ->
              " and e.instance_count > 0 and "
                  + criteria.sql(Place.SERIES)
                  + requestBelow(criteria)
                  + instanceBelow(criteria);
          case INSTANCE ->
              " and "
                  + criteria.sql(Place.SERIES)
                  + " and "
                  + criteria.sql(Place.INSTANCE)
                  + requestBelow(criteria);
          default -> seriesBelow(criteria);
        };
    return tables
        + (criteria.has(Place.PATIENT) ? PATIENT_OF_STUDY : "")
        + " where "
        + LISTED
        + " and "
        + criteria.sql(Place.PATIENT)
        + " and "
        + criteria.sql(Place.STUDY)
        + conditions;
  }

  private static String seriesBelow(Criteria criteria) {
    return criteria.has(Place.SERIES) || criteria.has(Place.INSTANCE) || criteria.has(Place.REQUEST)
        ? " and exists (select 1 from archive.series e where e.study_ref = s.id and "
            + criteria.sql(Place.SERIES)
            + requestBelow(criteria)
            + instanceBelow(criteria)
            + ")"
        : "";
  }

  private static String requestBelow(Criteria criteria) {
    return criteria.has(Place.REQUEST)
        ? " and exists (select 1 from archive.series_request r where r.series_ref = e.id and "
            + criteria.sql(Place.REQUEST)
            + ")"
        : "";
  }

  private static String instanceBelow(Criteria criteria) {
    return criteria.has(Place.INSTANCE)
        ? " and exists (select 1 from archive.instance i where i.series_ref = e.id and "
            + criteria.sql(Place.INSTANCE)
            + ")"
        : "";
  }
}
