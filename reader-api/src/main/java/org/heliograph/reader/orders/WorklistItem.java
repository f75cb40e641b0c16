package org.heliograph.reader.orders;

import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.json.DicomJson;

/**
 * What a worklist item says that no column of its row does (PS3.4 Table K.6-1). Every attribute of
 * the table is there, known or empty.
 */
final class WorklistItem {
  private WorklistItem() {}

  /** The item as DICOM JSON. */
  static String of(OrderedProcedure order, OrderedStep step, String requestedProcedureId) {
    OrderedPatient patient = order.patient();
    OrderedProcedure.Visit visit = order.visit();
    String description = order.description().isEmpty() ? order.code().text() : order.description();
    var item =
        Dataset.builder()
            .string(Tag.SpecificCharacterSet, "ISO_IR 192")
            .personName(Tag.PatientName, patient.name())
            .string(Tag.PatientID, ItemText.line(patient.id(), 64))
            .string(Tag.PatientSex, patient.sex())
            .string(Tag.RequestedProcedureID, requestedProcedureId)
            .string(Tag.RequestedProcedureDescription, ItemText.line(description, 64))
            .sequence(Tag.RequestedProcedureCodeSequence, order.code().items())
            .string(Tag.RequestedProcedurePriority, order.priority())
            .sequence(Tag.ReferencedStudySequence, List.of())
            .sequence(Tag.ReferencedPatientSequence, List.of())
            .sequence(Tag.ScheduledProcedureStepSequence, step(step, description))
            .empty(Tag.ConfidentialityConstraintOnPatientDataDescription)
            .empty(Tag.PatientState)
            .empty(Tag.PregnancyStatus)
            .empty(Tag.SpecialNeeds);
    text(item, Tag.IssuerOfPatientID, patient.issuer(), 64);
    text(item, Tag.PatientTransportArrangements, visit.transport(), 64);
    text(item, Tag.ReasonForTheRequestedProcedure, order.question(), 64);
    text(item, Tag.RequestedProcedureComments, visit.comments(), 1024);
    text(item, Tag.PlacerOrderNumberImagingServiceRequest, order.numbers().placer(), 64);
    text(item, Tag.FillerOrderNumberImagingServiceRequest, order.numbers().filler(), 64);
    text(item, Tag.RequestingPhysician, visit.requestingPhysician(), 64);
    text(item, Tag.ReferringPhysicianName, visit.referringPhysician(), 64);
    text(item, Tag.AdmissionID, visit.admissionId(), 64);
    text(item, Tag.CurrentPatientLocation, visit.location(), 64);
    text(item, Tag.MedicalAlerts, visit.alerts(), 64);
    text(item, Tag.Allergies, visit.allergies(), 64);
    text(item, Tag.PatientWeight, visit.weight(), 16);
    if (patient.birthDate() == null) {
      item.empty(Tag.PatientBirthDate);
    } else {
      item.date(Tag.PatientBirthDate, patient.birthDate());
    }
    return DicomJson.write(item.build(), element -> null);
  }

  private static Dataset step(OrderedStep step, String procedure) {
    String description = step.description().isEmpty() ? step.protocol().text() : step.description();
    var item =
        Dataset.builder()
            .text(Tag.Modality, Vr.CS, step.modalities().toArray(String[]::new))
            .text(Tag.ScheduledStationAETitle, Vr.AE, step.stations().toArray(String[]::new))
            .sequence(Tag.ScheduledProtocolCodeSequence, step.protocol().items())
            .empty(Tag.PreMedication)
            .empty(Tag.RequestedContrastAgent);
    text(
        item,
        Tag.ScheduledProcedureStepDescription,
        description.isEmpty() ? procedure : description,
        64);
    text(item, Tag.ScheduledPerformingPhysicianName, step.performingPhysician(), 64);
    text(item, Tag.ScheduledStationName, step.stationName(), 16);
    text(item, Tag.ScheduledProcedureStepLocation, step.location(), 16);
    return item.build();
  }

  private static void text(Dataset.Builder item, int tag, String value, int longest) {
    String line = ItemText.line(value, longest);
    if (line.isEmpty()) {
      item.empty(tag);
    } else {
      item.string(tag, line);
    }
  }
}
