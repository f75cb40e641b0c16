package org.heliograph.reader.queryretrieve;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.IncludedFields;
import org.heliograph.archive.catalog.Position;
import org.heliograph.archive.catalog.QueryLevel;
import org.heliograph.archive.catalog.Search;
import org.heliograph.archive.catalog.SearchAnswer;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.catalog.UnsupportedMatchException;
import org.heliograph.archive.catalog.Visibility;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.QueryRetrieveLevel;
import org.heliograph.node.peer.PeerAddress;
import org.heliograph.node.query.CatalogQuery;
import org.heliograph.node.query.CatalogSelection;
import org.heliograph.node.query.QueryCaller;
import org.heliograph.node.query.StudyCatalog;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.metrics.Histograms;
import org.heliograph.reader.sites.AeRight;
import org.heliograph.reader.sites.ApplicationEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The archive for Query/Retrieve: a caller sees the studies of its site, and each query and each
 * retrieval is on the audit trail before anything of it is told.
 */
@Component
class ArchiveCatalog implements StudyCatalog {
  private static final int PAGE = 100;

  private final Archive archive;
  private final CallerRights rights;
  private final AuditTrail audit;
  private final MeterRegistry registry;

  ArchiveCatalog(Archive archive, CallerRights rights, AuditTrail audit, MeterRegistry registry) {
    this.archive = archive;
    this.rights = rights;
    this.audit = audit;
    this.registry = registry;
  }

  @Override
  public Found find(QueryCaller caller, CatalogQuery query) throws IOException {
    ApplicationEntity entity = rights.require(caller, AeRight.QUERY);
    Search.Builder search =
        Search.of(level(query.level()), Visibility.ofSite(entity.siteId()))
            .match(query.keys())
            .include(include(query.wanted()))
            .limit(PAGE)
            .names(
                switch (query.names()) {
                  case LITERAL -> Search.NameMatching.LITERAL;
                  case FUZZY -> Search.NameMatching.FUZZY;
                })
            .dateTimes(
                switch (query.dateTimes()) {
                  case SEPARATE -> Search.DateTimeMatching.SEPARATE;
                  case COMBINED -> Search.DateTimeMatching.COMBINED;
                });
    query
        .itemKeys()
        .forEach(
            (sequence, keys) -> keys.forEach((tag, value) -> search.match(sequence, tag, value)));
    try {
      audit.record(
          AuditEvent.of(AuditKind.QUERY, AuditAction.EXECUTE)
              .about("dimse", query.level())
              .by(null, "AE " + caller.callingAe().value())
              .from(caller.peer().getHostAddress())
              .detail("C-FIND"));
      SearchAnswer first =
          Histograms.query(
              registry,
              "find",
              level(query.level()),
              () -> archive.catalog().search(search.build()));
      return new Found(first.ignored(), new Pages(search, first));
    } catch (UnsupportedMatchException e) {
      throw notMatched();
    } catch (DataAccessException e) {
      throw new IOException("the catalog does not answer", e);
    }
  }

  /** Headers are read only for what the catalog has no column for. */
  private static IncludedFields include(Set<Integer> wanted) {
    Set<Integer> further = new HashSet<>(wanted);
    further.removeAll(SearchColumns.TAGS);
    return further.isEmpty()
        ? IncludedFields.NONE
        : new IncludedFields(
            false, further.stream().map(List::of).collect(Collectors.toUnmodifiableSet()));
  }

  private static QueryLevel level(QueryRetrieveLevel level) {
    return switch (level) {
      case PATIENT -> QueryLevel.PATIENT;
      case STUDY -> QueryLevel.STUDY;
      case SERIES -> QueryLevel.SERIES;
      case IMAGE, FRAME -> QueryLevel.INSTANCE;
    };
  }

  private final class Pages extends PagedAnswers {
    private final Search.Builder search;
    private @Nullable Position next;

    Pages(Search.Builder search, SearchAnswer first) {
      super("the catalog");
      this.search = search;
      take(first);
    }

    @Override
    protected void load() {
      if (next != null) {
        take(archive.catalog().search(search.after(next).build()));
      }
    }

    private void take(SearchAnswer answer) {
      next = answer.next();
      take(answer.matches(), next == null);
    }
  }

  @Override
  public Selected select(QueryCaller caller, CatalogSelection selection) throws IOException {
    ApplicationEntity entity = rights.require(caller, AeRight.RETRIEVE);
    try {
      List<StoredInstance> instances =
          archive
              .catalog()
              .instances(
                  Search.of(QueryLevel.INSTANCE, Visibility.ofSite(entity.siteId()))
                      .match(selection.uniqueKeys())
                      .build());
      instances.stream()
          .map(instance -> instance.study().value().value())
          .distinct()
          .forEach(study ->
              audit.record(
                  AuditEvent.of(AuditKind.INSTANCES_TRANSFERRED, AuditAction.READ)
                      .about("study", study)
                      .by(null, "AE " + caller.callingAe().value())
                      .from(caller.peer().getHostAddress())
                      .detail("retrieve " + selection.level())));
      return new ArchiveSelection(archive, instances);
    } catch (UnsupportedMatchException e) {
      throw notMatched();
    } catch (DataAccessException e) {
      throw new IOException("the catalog does not answer", e);
    }
  }

  @Override
  public PeerAddress destination(QueryCaller caller, AeTitle destination) throws IOException {
    return rights
        .destination(rights.require(caller, AeRight.RETRIEVE), destination.value())
        .address()
        .orElseThrow(() -> new DimseException(DimseStatus.MOVE_DESTINATION_UNKNOWN));
  }

  private static DimseException notMatched() {
    return new DimseException(
        DimseStatus.DATASET_DOES_NOT_MATCH_SOP_CLASS.withComment("a key has no such value"));
  }
}
