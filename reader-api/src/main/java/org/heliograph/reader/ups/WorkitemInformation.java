package org.heliograph.reader.ups;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.catalog.StoredSeries;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.reader.cases.CaseId;
import org.springframework.stereotype.Component;

/**
 * The images of a case as Input Information Sequence and its reports as Output Information Sequence
 * (PS3.4 Table 10-3b), as the archive holds them at the moment of the answer.
 */
@Component
class WorkitemInformation {
  private final WorkitemRows rows;
  private final Archive archive;

  WorkitemInformation(WorkitemRows rows, Archive archive) {
    this.rows = rows;
    this.archive = archive;
  }

  /**
   * @param base address of DICOMweb, below which the studies are retrieved
   */
  Dataset answer(Workitem workitem, String base) {
    CaseId caseId = workitem.caseId();
    return caseId == null ? workitem.answer() : withInstances(workitem, caseId, base);
  }

  private Dataset withInstances(Workitem workitem, CaseId caseId, String base) {
    Set<String> reports = new HashSet<>(rows.reportInstances(caseId));
    List<Dataset> input = new ArrayList<>();
    List<Dataset> output = new ArrayList<>();
    for (String study : rows.studies(caseId)) {
      archive
          .catalog()
          .study(StudyInstanceUid.of(study))
          .ifPresent(stored -> {
            for (StoredSeries series : stored.series()) {
              add(input, study, series, instance -> !reports.contains(instance), base);
              add(output, study, series, reports::contains, base);
            }
          });
    }
    Dataset answer = workitem.answer();
    Dataset.Builder whole = answer.toBuilder().sequence(Tag.InputInformationSequence, input);
    answer
        .item(Tag.UnifiedProcedureStepPerformedProcedureSequence)
        .ifPresent(performed ->
            whole.sequence(
                Tag.UnifiedProcedureStepPerformedProcedureSequence,
                performed.toBuilder().sequence(Tag.OutputInformationSequence, output).build()));
    return whole.build();
  }

  private static void add(
      List<Dataset> items,
      String study,
      StoredSeries series,
      java.util.function.Predicate<String> wanted,
      String base) {
    List<Dataset> instances = new ArrayList<>();
    for (StoredInstance instance : series.instances()) {
      String uid = instance.instance().value().value();
      if (wanted.test(uid)) {
        instances.add(
            Dataset.builder()
                .string(Tag.ReferencedSOPClassUID, instance.sopClass().value().value())
                .string(Tag.ReferencedSOPInstanceUID, uid)
                .build());
      }
    }
    if (!instances.isEmpty()) {
      String seriesUid = series.series().value().value();
      items.add(
          Dataset.builder()
              .string(Tag.TypeOfInstances, "DICOM")
              .string(Tag.StudyInstanceUID, study)
              .string(Tag.SeriesInstanceUID, seriesUid)
              .sequence(Tag.ReferencedSOPSequence, instances)
              .sequence(
                  Tag.WADORSRetrievalSequence,
                  Dataset.builder()
                      .string(Tag.RetrieveURL, base + "/studies/" + study + "/series/" + seriesUid)
                      .build())
              .build());
    }
  }
}
