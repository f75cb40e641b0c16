package org.heliograph.reader.dicomweb;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.Search;
import org.heliograph.archive.catalog.SearchAnswer;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.catalog.UnsupportedMatchException;
import org.heliograph.archive.catalog.Visibility;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.cases.CaseAccess;
import org.heliograph.reader.metrics.Histograms;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The only way from a DICOMweb request to the archive: what the person may not see is not found,
 * and each access is on the audit trail before a byte of it is given.
 */
@Component
class VisibleInstances {
  private final Archive archive;
  private final CaseAccess access;
  private final CurrentPerson person;
  private final AuditTrail audit;
  private final MeterRegistry registry;

  VisibleInstances(
      Archive archive,
      CaseAccess access,
      CurrentPerson person,
      AuditTrail audit,
      MeterRegistry registry) {
    this.archive = archive;
    this.access = access;
    this.person = person;
    this.audit = audit;
    this.registry = registry;
  }

  /** One instance. */
  @Transactional
  public StoredInstance one(String study, String series, String instance, String what) {
    return all(study, series, instance, what).getFirst();
  }

  /** The instances of a study, a series or one instance, in their order; never none. */
  @Transactional
  public List<StoredInstance> all(
      String study, @Nullable String series, @Nullable String instance, String what) {
    var studyUid = new StudyInstanceUid(uid(study));
    var seriesUid = series == null ? null : new SeriesInstanceUid(uid(series));
    var instanceUid = instance == null ? null : new SopInstanceUid(uid(instance));
    Person viewer = person.require();
    if (!access.maySee(viewer.id(), studyUid)) {
      throw new ProblemException(ProblemCode.NOT_FOUND);
    }
    List<StoredInstance> found = new ArrayList<>();
    archive
        .catalog()
        .instances(studyUid, seriesUid, instanceUid, Visibility.everything(), found::add);
    if (found.isEmpty()) {
      throw new ProblemException(ProblemCode.NOT_FOUND);
    }
    audit.recordLook(
        AuditEvent.of(AuditKind.INSTANCES_ACCESSED, AuditAction.READ)
            .about("study", studyUid)
            .detail(instance == null ? what : what + " instance " + found.getFirst().id()));
    return found;
  }

  /** Searches among the studies of the person's cases. */
  @Transactional
  public SearchAnswer search(SearchRequest request) {
    Person viewer = person.require();
    Search search = request.search(access.visibility(viewer.id()));
    try {
      SearchAnswer answer =
          Histograms.query(
              registry, "qido", search.level(), () -> archive.catalog().search(search));
      audit.recordLook(
          AuditEvent.of(AuditKind.QUERY, AuditAction.EXECUTE)
              .about("dicomweb", search.level())
              .detail(answer.matches().size() + " matches"));
      return answer;
    } catch (UnsupportedMatchException e) {
      throw new ProblemException(
          ProblemCode.SEARCH_NOT_UNDERSTOOD, e, String.valueOf(e.getMessage()));
    }
  }

  private static Uid uid(String value) {
    if (!Uid.isValid(value)) {
      throw new ProblemException(ProblemCode.NOT_FOUND);
    }
    return new Uid(value);
  }
}
