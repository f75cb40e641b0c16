package org.heliograph.archive.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the counts of studies, series and sites in the transaction that stores instances: once for
 * each study and series of a batch, at its end and in the order of their ids, so that the locks are
 * short and processes do not wait for each other in a circle.
 */
final class CountRows {
  private static final String SERIES =
      """
      with growth as (
        select * from unnest(cast(:ids as bigint[]), cast(:instances as integer[]),
          cast(:bytes as bigint[])) as g (id, instances, bytes)),
      locked as (
        select e.id from archive.series e where e.id = any(:ids) order by e.id for no key update)
      update archive.series e
      set instance_count = e.instance_count + g.instances, byte_count = e.byte_count + g.bytes
      from growth g join locked l on l.id = g.id
      where e.id = l.id
      returning e.study_ref, e.instance_count = g.instances as began
      """;

  private static final String STUDIES =
      """
      with growth as (
        select g.id, g.series, g.instances, g.bytes,
          string_to_array(g.modalities, '\\') as modalities,
          string_to_array(g.sop_classes, '\\') as sop_classes
        from unnest(cast(:ids as bigint[]), cast(:series as integer[]),
          cast(:instances as integer[]), cast(:bytes as bigint[]), cast(:modalities as text[]),
          cast(:sop_classes as text[])) as g (id, series, instances, bytes, modalities, sop_classes)),
      locked as (
        select s.id, s.site_id from archive.study s where s.id = any(:ids)
        order by s.id for no key update),
      used as (
        insert into archive.site_usage_change (site_id, byte_count, instance_count)
        select l.site_id, sum(g.bytes), sum(g.instances)
        from growth g join locked l on l.id = g.id group by l.site_id)
      update archive.study s
      set series_count = s.series_count + g.series,
          instance_count = s.instance_count + g.instances,
          byte_count = s.byte_count + g.bytes,
          modalities = case when s.modalities @> g.modalities then s.modalities
            else array(select distinct m from unnest(s.modalities || g.modalities) m order by m) end,
          sop_classes = case when s.sop_classes @> g.sop_classes then s.sop_classes
            else array(select distinct c from unnest(s.sop_classes || g.sop_classes) c order by c) end
      from growth g join locked l on l.id = g.id
      where s.id = l.id
      """;

  private final JdbcClient jdbc;

  CountRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private static final class Sum {
    private int series;
    private int instances;
    private long bytes;
    private final TreeSet<String> modalities = new TreeSet<>();
    private final TreeSet<String> sopClasses = new TreeSet<>();

    private void add(Growth growth) {
      instances++;
      bytes += growth.bytes();
      sopClasses.add(growth.sopClass());
      if (!growth.modality().isEmpty()) {
        modalities.add(growth.modality());
      }
    }
  }

  void add(List<Growth> growths) {
    if (growths.isEmpty()) {
      return;
    }
    Map<Long, Sum> ofSeries = new TreeMap<>();
    Map<Long, Sum> ofStudy = new TreeMap<>();
    for (Growth growth : growths) {
      ofSeries.computeIfAbsent(growth.series(), _ -> new Sum()).add(growth);
      ofStudy.computeIfAbsent(growth.study(), _ -> new Sum()).add(growth);
    }
    List<Sum> series = new ArrayList<>(ofSeries.values());
    jdbc.sql(SERIES)
        .param("ids", ofSeries.keySet().toArray(Long[]::new))
        .param("instances", series.stream().map(sum -> sum.instances).toArray(Integer[]::new))
        .param("bytes", series.stream().map(sum -> sum.bytes).toArray(Long[]::new))
        .query(row -> {
          // A series counts from its first instance in sight on.
          Sum study = ofStudy.get(row.getLong("study_ref"));
          if (study != null && row.getBoolean("began")) {
            study.series++;
          }
        });
    List<Sum> studies = new ArrayList<>(ofStudy.values());
    jdbc.sql(STUDIES)
        .param("ids", ofStudy.keySet().toArray(Long[]::new))
        .param("series", studies.stream().map(sum -> sum.series).toArray(Integer[]::new))
        .param("instances", studies.stream().map(sum -> sum.instances).toArray(Integer[]::new))
        .param("bytes", studies.stream().map(sum -> sum.bytes).toArray(Long[]::new))
        .param(
            "modalities",
            studies.stream().map(sum -> String.join("\\", sum.modalities)).toArray(String[]::new))
        .param(
            "sop_classes",
            studies.stream().map(sum -> String.join("\\", sum.sopClasses)).toArray(String[]::new))
        .update();
  }
}
