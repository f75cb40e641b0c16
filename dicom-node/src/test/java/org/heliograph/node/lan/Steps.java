package org.heliograph.node.lan;

import java.net.InetAddress;
import java.util.List;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.node.query.QueryCaller;

/** Synthetic worklist items and the steps that modalities perform for them. */
final class Steps {
  static final QueryCaller CALLER =
      new QueryCaller(new AeTitle("CT1"), InetAddress.getLoopbackAddress());

  private Steps() {}

  static Dataset item(String study, String stepId, String accession, String status) {
    return Dataset.builder()
        .string(Tag.SpecificCharacterSet, "ISO_IR 192")
        .string(Tag.PatientName, "Müller^Änne")
        .string(Tag.PatientID, "P-" + stepId)
        .empty(Tag.PatientBirthDate)
        .empty(Tag.PatientSex)
        .string(Tag.AccessionNumber, accession)
        .string(Tag.StudyInstanceUID, study)
        .string(Tag.RequestedProcedureID, "R1")
        .sequence(
            Tag.ScheduledProcedureStepSequence,
            Dataset.builder()
                .text(Tag.Modality, Vr.CS, "CT")
                .text(Tag.ScheduledStationAETitle, Vr.AE, "CT1")
                .string(Tag.ScheduledProcedureStepStartDate, "20261121")
                .string(Tag.ScheduledProcedureStepStartTime, "081500")
                .string(Tag.ScheduledProcedureStepID, stepId)
                .string(Tag.ScheduledProcedureStepStatus, status)
                .build())
        .build();
  }

  static String worklist(Dataset... items) {
    return List.of(items).stream()
        .map(each -> DicomJson.write(each, bulk -> null))
        .toList()
        .toString();
  }

  static Dataset begun(String study, String stepId, String accession) {
    return Dataset.builder()
        .string(Tag.SpecificCharacterSet, "ISO_IR 192")
        .string(Tag.PatientName, "Müller^Änne")
        .string(Tag.PatientID, "P-" + stepId)
        .string(Tag.PerformedProcedureStepID, "PPS-" + stepId)
        .string(Tag.PerformedStationAETitle, "CT1")
        .string(Tag.PerformedProcedureStepStartDate, "20261121")
        .string(Tag.PerformedProcedureStepStartTime, "082000")
        .string(Tag.PerformedProcedureStepStatus, "IN PROGRESS")
        .string(Tag.Modality, "CT")
        .sequence(
            Tag.ScheduledStepAttributesSequence,
            Dataset.builder()
                .string(Tag.StudyInstanceUID, study)
                .string(Tag.AccessionNumber, accession)
                .string(Tag.ScheduledProcedureStepID, stepId)
                .build())
        .sequence(Tag.PerformedSeriesSequence)
        .build();
  }

  static Dataset ended(String status) {
    return Dataset.builder()
        .string(Tag.PerformedProcedureStepStatus, status)
        .string(Tag.PerformedProcedureStepEndDate, "20261121")
        .string(Tag.PerformedProcedureStepEndTime, "083000")
        .sequence(
            Tag.PerformedSeriesSequence,
            Dataset.builder().string(Tag.SeriesInstanceUID, "2.25.77").build())
        .build();
  }

  /** What an N-SET does to a step whose other rules do not matter. */
  static org.heliograph.node.mpps.ProcedureStepSink.Change to(String status) {
    return current -> current.toBuilder().string(Tag.PerformedProcedureStepStatus, status).build();
  }
}
