package org.heliograph.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts all that the catalog keeps counts of and compares. */
public final class Recount {
  private static final String SERIES =
      """
      select 'series ' || e.id from archive.series e
      left join (select series_ref, count(*) as n, sum(blob_bytes) as b
        from archive.instance group by 1) i on i.series_ref = e.id
      where e.instance_count <> coalesce(i.n, 0) or e.byte_count <> coalesce(i.b, 0)
      """;

  private static final String STUDIES =
      """
      select 'study ' || s.id || ': ' || s.series_count || ',' || s.instance_count || ','
        || s.note_count || ' is ' || coalesce(i.series, 0) || ',' || coalesce(i.n, 0)
      from archive.study s
      left join (
        select i.study_ref, count(*) as n, sum(i.blob_bytes) as b,
          count(distinct i.series_ref) as series,
          array_agg(distinct cast(i.sop_class_uid as text)
            order by cast(i.sop_class_uid as text)) as classes,
          coalesce(array_agg(distinct cast(e.modality as text) order by cast(e.modality as text))
            filter (where e.modality <> ''), '{}') as modalities,
          count(j.id) as notes
        from archive.instance i
        join archive.series e on e.id = i.series_ref
        left join archive.rejection j on j.note_sop_instance_uid = i.sop_instance_uid
        group by 1) i on i.study_ref = s.id
      where s.instance_count <> coalesce(i.n, 0) or s.byte_count <> coalesce(i.b, 0)
        or s.series_count <> coalesce(i.series, 0) or s.note_count <> coalesce(i.notes, 0)
        or s.sop_classes <> coalesce(i.classes, '{}')
        or s.modalities <> coalesce(i.modalities, '{}')
      """;

  private static final String USAGE =
      """
      with kept as (
        select site_id, sum(b) as b, sum(n) as n from (
          select site_id, byte_count as b, instance_count as n from archive.site_usage
          union all
          select site_id, byte_count, instance_count from archive.site_usage_change) u group by 1),
      real as (
        select site_id, sum(b) as b, count(*) as n from (
          select s.site_id, i.blob_bytes as b
          from archive.instance i join archive.study s on s.id = i.study_ref
          union all
          select s.site_id, r.blob_bytes
          from archive.rejected_instance r join archive.study s on s.id = r.study_ref) i group by 1)
      select 'site ' || coalesce(kept.site_id, real.site_id)
      from kept full join real on real.site_id = kept.site_id
      where coalesce(kept.b, 0) <> coalesce(real.b, 0) or coalesce(kept.n, 0) <> coalesce(real.n, 0)
      """;

  private static final String HEADERS =
      """
      select 'header ' || i.id from archive.instance i
      where not exists (select 1 from archive.instance_header h where h.instance_ref = i.id)
        or not exists (select 1 from archive.frame_index f where f.instance_ref = i.id)
          and i.rows is not null
      """;

  private Recount() {}

  /** Fails unless every count is right. */
  public static void assertRight(JdbcClient jdbc, String what) {
    for (String question : List.of(SERIES, STUDIES, USAGE, HEADERS)) {
      assertThat(jdbc.sql(question).query(String.class).list()).as(what).isEmpty();
    }
  }
}
