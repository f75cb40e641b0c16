package org.heliograph.archive.catalog;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.heliograph.archive.catalog.AnswerRows.Answer;
import org.heliograph.archive.catalog.Search.Counting;
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
  private final PageMemory pages = new PageMemory();

  public Catalog(DataSource dataSource) {
    JdbcClient jdbc = JdbcClient.create(dataSource);
    this.searches = new SearchRows(dataSource);
    this.reads = new InstanceReads(jdbc);
    this.headers = new Headers(jdbc);
  }

  /**
   * Searches as QIDO-RS and C-FIND do; studies come newest first, series and instances within a
   * study oldest first. Each search is answered from indexes.
   *
   * @throws UnsupportedMatchException the search asks for something that cannot be matched
   */
  public SearchAnswer search(Search asked) {
    Search search = pages.resumed(asked);
    Criteria criteria = Criteria.of(search);
    List<Answer> found = searches.find(search, criteria);
    boolean more = found.size() > search.limit();
    List<Answer> page = more ? found.subList(0, search.limit()) : found;
    if (more) {
      pages.remember(asked, page.getLast().position());
    }
    return new SearchAnswer(
        headers.enrich(page, search),
        more ? page.getLast().position() : null,
        total(asked, criteria, page.size(), more),
        criteria.ignored());
  }

  private OptionalLong total(Search asked, Criteria criteria, int found, boolean more) {
    if (asked.counting() == Counting.NONE || asked.after() != null) {
      return OptionalLong.empty();
    }
    boolean end = !more && (found > 0 || asked.offset() == 0);
    return end ? OptionalLong.of(asked.offset() + found) : searches.count(asked, criteria);
  }

  /** How the database would find the answers of a search; for tests of the indexes. */
  List<String> explain(Search search) {
    return searches.explain(search, Criteria.of(search));
  }

  /** A study with its series and instances. */
  public Optional<StoredStudy> study(StudyInstanceUid study) {
    return reads.study(study);
  }

  /**
   * The studies of a site, those of one patient together, oldest patients first.
   *
   * @param from first Study Date, or null for any, those without a date as well
   * @param to last Study Date, likewise
   */
  public List<StudyInstanceUid> studiesByPatient(
      UUID siteId, @Nullable LocalDate from, @Nullable LocalDate to) {
    return reads.byPatient(siteId, from, to);
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

  /**
   * All instances that a search finds, study after study and in their order; its limit and offset
   * do not count.
   *
   * @throws UnsupportedMatchException the search asks for something that cannot be matched
   */
  public List<StoredInstance> instances(Search search) {
    return reads.matching(Criteria.of(search));
  }

  /** How much the archive holds. */
  public Holdings holdings() {
    return reads.holdings();
  }

  /** The header of an instance as DICOM JSON; see {@link Headers} for how bulk data is named. */
  public Headers headers() {
    return headers;
  }
}
