package org.heliograph.archive.reject;

import java.sql.Types;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts studies and their series anew after instances were taken from them or given back. Ingest
 * adds to the same rows: they are locked first, series before studies, each in the order of ids.
 */
public final class CountedAnew {
  private static final String LOCK_SERIES =
      """
      select id from archive.series where study_ref = any(:studies) order by id for no key update
      """;

  private static final String LOCK_STUDIES =
      "select id from archive.study where id = any(:studies) order by id for no key update";

  private static final String SERIES =
      """
      update archive.series e
      set instance_count = c.instances, byte_count = c.bytes
      from (
        select x.id, count(i.id) as instances, coalesce(sum(i.blob_bytes), 0) as bytes
        from archive.series x left join archive.instance i on i.series_ref = x.id
        where x.study_ref = any(:studies)
        group by x.id) c
      where e.id = c.id and (e.instance_count, e.byte_count) <> (c.instances, c.bytes)
      """;

  private static final String STUDIES =
      """
      update archive.study s
      set series_count = e.series, instance_count = e.instances, byte_count = e.bytes,
          modalities = e.modalities, sop_classes = i.sop_classes, note_count = i.notes
      from (
        select x.id, count(e.id) filter (where e.instance_count > 0) as series,
          coalesce(sum(e.instance_count), 0) as instances, coalesce(sum(e.byte_count), 0) as bytes,
          coalesce(array_agg(distinct cast(e.modality as text) order by cast(e.modality as text))
            filter (where e.instance_count > 0 and e.modality <> ''), '{}') as modalities
        from archive.study x left join archive.series e on e.study_ref = x.id
        where x.id = any(:studies)
        group by x.id) e
      join (
        select x.id, coalesce(array_agg(distinct cast(i.sop_class_uid as text)
            order by cast(i.sop_class_uid as text)) filter (where i.id is not null), '{}')
            as sop_classes,
          count(j.id) as notes
        from archive.study x
        left join archive.instance i on i.study_ref = x.id
        left join archive.rejection j on j.note_sop_instance_uid = i.sop_instance_uid
        where x.id = any(:studies)
        group by x.id) i on i.id = e.id
      where s.id = e.id
      """;

  private CountedAnew() {}

  /** Locks what {@link #count} changes; to be called before instances are moved. */
  public static void lock(JdbcClient jdbc, Collection<Long> studies) {
    Long[] ids = studies.toArray(Long[]::new);
    jdbc.sql(LOCK_SERIES).param("studies", ids, Types.ARRAY).query(Long.class).list();
    jdbc.sql(LOCK_STUDIES).param("studies", ids, Types.ARRAY).query(Long.class).list();
  }

  public static void count(JdbcClient jdbc, Collection<Long> studies) {
    Long[] ids = studies.toArray(Long[]::new);
    jdbc.sql(SERIES).param("studies", ids, Types.ARRAY).update();
    jdbc.sql(STUDIES).param("studies", ids, Types.ARRAY).update();
  }
}
