package org.heliograph.reader.ups;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.Urgency;

/**
 * What a case says as a workitem (PS3.4 Table CC.2.5-3). A case has no moment after which it must
 * not be read, so its deadline is the expected completion and there is no expiration.
 */
final class CaseDataset {
  private static final int LONG_STRING = 64;
  private static final int LONG_TEXT = 10_240;

  private CaseDataset() {}

  /** The scheduled part, the patient and the request, over what the workitem held before. */
  static Dataset describe(Dataset before, CaseFile file, List<String> studies) {
    var request = file.request();
    Dataset.Builder data =
        before.toBuilder()
            .string(Tag.ScheduledProcedureStepPriority, priority(request.urgency()))
            .sequence(Tag.ScheduledWorkitemCodeSequence, Codes.INTERPRETATION)
            .sequence(Tag.ReferencedRequestSequence, request(file, studies))
            .string(Tag.ScheduledProcedureStepStartDateTime, DateTimes.text(start(file)));
    if (file.deadlineAt() != null) {
      data.string(Tag.ExpectedCompletionDateTime, DateTimes.text(file.deadlineAt()));
    }
    Codes.text(data, Tag.WorklistLabel, Vr.LO, request.specialty().name(), LONG_STRING);
    Codes.text(data, Tag.ProcedureStepLabel, Vr.LO, label(file), LONG_STRING);
    if (studies.isEmpty()) {
      data.empty(Tag.StudyInstanceUID);
    } else {
      data.string(Tag.StudyInstanceUID, studies.getFirst());
    }
    patient(data, file);
    for (int empty :
        new int[] {
          Tag.ScheduledProcessingParametersSequence,
          Tag.ScheduledStationNameCodeSequence,
          Tag.ScheduledStationClassCodeSequence,
          Tag.ScheduledStationGeographicLocationCodeSequence,
          Tag.CommentsOnTheScheduledProcedureStep,
          Tag.AdmissionID
        }) {
      if (!before.contains(empty)) {
        data.empty(empty);
      }
    }
    return data.build();
  }

  private static void patient(Dataset.Builder data, CaseFile file) {
    var patient = file.patient();
    Codes.text(data, Tag.PatientName, Vr.PN, patient.dicomName(), 3 * LONG_STRING);
    Codes.text(data, Tag.PatientID, Vr.LO, patient.id(), LONG_STRING);
    Codes.text(data, Tag.IssuerOfPatientID, Vr.LO, patient.issuer(), LONG_STRING);
    Codes.text(data, Tag.PatientSex, Vr.CS, patient.sex(), 1);
    if (patient.birthDate() == null) {
      data.empty(Tag.PatientBirthDate);
    } else {
      data.date(Tag.PatientBirthDate, patient.birthDate());
    }
  }

  private static Dataset request(CaseFile file, List<String> studies) {
    var request = file.request();
    Dataset.Builder item = Dataset.builder().empty(Tag.IssuerOfAccessionNumberSequence);
    Codes.text(item, Tag.AccessionNumber, Vr.SH, request.accessionNumber(), 16);
    Codes.text(item, Tag.RequestedProcedureID, Vr.SH, file.number(), 16);
    Codes.text(item, Tag.RequestedProcedureDescription, Vr.LO, label(file), LONG_STRING);
    Codes.text(item, Tag.RequestedProcedureComments, Vr.LT, request.question(), LONG_TEXT);
    item.empty(Tag.RequestedProcedureCodeSequence);
    if (studies.isEmpty()) {
      item.empty(Tag.StudyInstanceUID);
    } else {
      item.string(Tag.StudyInstanceUID, studies.getFirst());
    }
    return item.build();
  }

  private static String label(CaseFile file) {
    var request = file.request();
    String specialty = request.specialty().name();
    String side = request.laterality() == null ? "" : " " + request.laterality().name();
    return (specialty.charAt(0)
            + specialty.substring(1).toLowerCase(Locale.ROOT)
            + " "
            + request.bodyPart()
            + side)
        .strip();
  }

  private static String priority(Urgency urgency) {
    return switch (urgency) {
      case EMERGENCY -> "HIGH";
      case URGENT -> "MEDIUM";
      case ROUTINE -> "LOW";
    };
  }

  /** Since when the case waits. */
  private static Instant start(CaseFile file) {
    return file.clock().startedAt() == null ? file.createdAt() : file.clock().startedAt();
  }

  /** When the case is to be done; what the worklist is sorted by. */
  static Instant due(CaseFile file) {
    return file.deadlineAt() == null ? start(file) : file.deadlineAt();
  }

  /** Somebody begins to read. */
  static Dataset begun(Dataset data, Person reader, Instant at) {
    Dataset performer = Codes.performer(reader);
    return data.toBuilder()
        .sequence(Tag.ScheduledHumanPerformersSequence, performer)
        .sequence(
            Tag.UnifiedProcedureStepPerformedProcedureSequence,
            Dataset.builder()
                .sequence(Tag.ActualHumanPerformersSequence, performer)
                .empty(Tag.PerformedStationNameCodeSequence)
                .string(Tag.PerformedProcedureStepStartDateTime, DateTimes.text(at))
                .sequence(Tag.PerformedWorkitemCodeSequence, Codes.INTERPRETATION)
                .empty(Tag.OutputInformationSequence)
                .build())
        .build();
  }

  /** The report is signed. */
  static Dataset done(Dataset data, Instant at) {
    Dataset performed =
        data.item(Tag.UnifiedProcedureStepPerformedProcedureSequence).orElse(Dataset.empty());
    return data.toBuilder()
        .sequence(
            Tag.UnifiedProcedureStepPerformedProcedureSequence,
            performed.toBuilder()
                .string(Tag.PerformedProcedureStepEndDateTime, DateTimes.text(at))
                .build())
        .build();
  }
}
