package org.heliograph.archive.catalog;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.heliograph.archive.catalog.SearchRows.Answer;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the archive holds. Methods without a {@link Visibility} are for callers that have decided on
 * access themselves.
 */
public final class Catalog {
  private final SearchRows searches;
  private final InstanceReads reads;
  private final Headers headers;

  public Catalog(JdbcClient jdbc) {
    this.searches = new SearchRows(jdbc);
    this.reads = new InstanceReads(jdbc);
    this.headers = new Headers(jdbc);
  }

  /**
   * Searches as QIDO-RS does; studies come newest first, series and instances oldest first.
   *
   * @throws UnsupportedMatchException the search asks for something that cannot be matched
   */
  public SearchAnswer search(Search search) {
    List<Answer> found = searches.find(search);
    boolean more = found.size() > search.limit();
    List<Answer> page = more ? found.subList(0, search.limit()) : found;
    List<Dataset> answers =
        search.level() == QueryLevel.INSTANCE && !search.include().isEmpty()
            ? page.stream()
                .map(answer -> headers.enrich(answer, search.include()).dataset())
                .toList()
            : page.stream().map(Answer::dataset).toList();
    return new SearchAnswer(answers, more ? page.getLast().rowId() : null);
  }

  /** A study with its series and instances. */
  public Optional<StoredStudy> study(StudyInstanceUid study) {
    return reads.study(study);
  }

  public Optional<StoredInstance> instance(SopInstanceUid instance) {
    return reads.byUid(instance);
  }

  public Optional<StoredInstance> instance(long instanceId) {
    return reads.byId(instanceId);
  }

  /**
   * Hands over the visible instances of a study, a series or one instance, in their order and
   * without holding them all in memory.
   */
  public void instances(
      StudyInstanceUid study,
      @Nullable SeriesInstanceUid series,
      @Nullable SopInstanceUid instance,
      Visibility visibility,
      Consumer<StoredInstance> each) {
    reads.each(study, series, instance, visibility, each);
  }

  /** How much the archive holds; counted when asked. */
  public Holdings holdings() {
    return reads.holdings();
  }

  /** The header of an instance as DICOM JSON; see {@link Headers} for how bulk data is named. */
  public Headers headers() {
    return headers;
  }
}
