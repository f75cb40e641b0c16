package org.heliograph.reader.intake;

import java.util.List;
import org.heliograph.archive.ingest.Arrival;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseHappening;
import org.heliograph.reader.cases.CaseImages;
import org.heliograph.reader.cases.CaseMismatch;
import org.heliograph.reader.cases.CaseReadiness;
import org.heliograph.reader.cases.CaseSettings;
import org.heliograph.reader.cases.CaseState;
import org.heliograph.reader.cases.Cases;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Puts the images of one study that a modality or a gateway sent to their case. */
@Component
class ArrivalFiling {
  private static final String QUIET =
      """
      update reading.case_file
      set quiet_until = clock_timestamp() + make_interval(secs => ?)
      where id = ? and state in ('DRAFT', 'SUBMITTED', 'RECEIVING')
      """;

  /** How the origin begins of what came by a gateway; the calling AE title follows. */
  private static final String FROM_GATEWAY = "gateway:";

  private final JdbcClient sql;
  private final Cases caseFiles;
  private final StudyCases cases;
  private final CaseMismatch mismatch;
  private final CaseReadiness readiness;
  private final CaseSettings settings;

  ArrivalFiling(
      JdbcClient sql,
      Cases caseFiles,
      StudyCases cases,
      CaseMismatch mismatch,
      CaseReadiness readiness,
      CaseSettings settings) {
    this.sql = sql;
    this.caseFiles = caseFiles;
    this.cases = cases;
    this.mismatch = mismatch;
    this.readiness = readiness;
    this.settings = settings;
  }

  /** Files new images of one study; a failure undoes this study's part only. */
  @Transactional(propagation = Propagation.NESTED)
  void file(List<Arrival> ofOneStudy) {
    var first = ofOneStudy.getFirst();
    var linked = cases.linked(StudyHeader.of(first), first.studyId(), first.origin());
    var file =
        caseFiles.count(linked.file(), counted(linked.file(), first.modality(), ofOneStudy.size()));
    if (linked.fresh() || file.state() == CaseState.SUBMITTED) {
      file = caseFiles.append(file, CaseHappening.byHub(CaseEventKind.IMAGES_ARRIVED));
    }
    file = mismatch.check(file);
    if (first.origin().startsWith(FROM_GATEWAY)) {
      // Its manifest says what belongs together: there is nothing to wait for.
      readiness.settle(file);
    } else {
      sql.sql(QUIET)
          .params((double) settings.quietPeriod().toMillis() / 1000, file.id().value())
          .update();
    }
  }

  private static CaseImages counted(CaseFile file, String modality, int more) {
    var images = file.images();
    return new CaseImages(
        images.sentCount() == 0 && !modality.isEmpty() ? modality : images.modality(),
        images.photoCount(),
        images.sentCount() + more,
        images.mismatch());
  }
}
