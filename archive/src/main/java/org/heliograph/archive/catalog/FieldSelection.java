package org.heliograph.archive.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;

/**
 * Takes from a header what was asked for beside the usual answer: what belongs to the level or one
 * above it, since the rest differs from instance to instance (PS3.3 C.7.1 to C.7.5).
 */
final class FieldSelection {
  private static final int PATIENT_GROUP = 0x0010;

  /** Of group 0010, what is about the patient at the time of the study. */
  private static final Set<Integer> PATIENT_STUDY =
      Set.of(
          Tag.PatientAge,
          Tag.PatientSize,
          Tag.PatientSizeCodeSequence,
          Tag.PatientBodyMassIndex,
          Tag.MeasuredAPDimension,
          Tag.MeasuredLateralDimension,
          Tag.PatientWeight,
          Tag.MedicalAlerts,
          Tag.Allergies,
          Tag.Occupation,
          Tag.SmokingStatus,
          Tag.AdditionalPatientHistory,
          Tag.PregnancyStatus,
          Tag.LastMenstrualDate,
          Tag.PatientSexNeutered);

  private static final Set<Integer> STUDY =
      Set.of(
          Tag.StudyDate,
          Tag.StudyTime,
          Tag.AccessionNumber,
          Tag.IssuerOfAccessionNumberSequence,
          Tag.ReferringPhysicianName,
          Tag.ReferringPhysicianIdentificationSequence,
          Tag.ConsultingPhysicianName,
          Tag.ConsultingPhysicianIdentificationSequence,
          Tag.PhysiciansOfRecord,
          Tag.PhysiciansOfRecordIdentificationSequence,
          Tag.NameOfPhysiciansReadingStudy,
          Tag.StudyDescription,
          Tag.ProcedureCodeSequence,
          Tag.ReferencedStudySequence,
          Tag.StudyInstanceUID,
          Tag.StudyID,
          Tag.RequestingService,
          Tag.ReasonForPerformedProcedureCodeSequence,
          Tag.AdmittingDiagnosesDescription,
          Tag.AdmittingDiagnosesCodeSequence,
          Tag.AdmissionID,
          Tag.IssuerOfAdmissionIDSequence,
          Tag.ServiceEpisodeID,
          Tag.ReasonForVisit,
          Tag.PatientState,
          Tag.TimezoneOffsetFromUTC);

  private static final Set<Integer> SERIES =
      Set.of(
          Tag.Modality,
          Tag.SeriesDate,
          Tag.SeriesTime,
          Tag.SeriesDescription,
          Tag.SeriesDescriptionCodeSequence,
          Tag.PerformingPhysicianName,
          Tag.OperatorsName,
          Tag.ReferencedPerformedProcedureStepSequence,
          Tag.BodyPartExamined,
          Tag.PatientPosition,
          Tag.ProtocolName,
          Tag.SeriesInstanceUID,
          Tag.SeriesNumber,
          Tag.Laterality,
          Tag.Manufacturer,
          Tag.ManufacturerModelName,
          Tag.InstitutionName,
          Tag.InstitutionAddress,
          Tag.InstitutionalDepartmentName,
          Tag.StationName,
          Tag.DeviceSerialNumber,
          Tag.SoftwareVersions,
          Tag.FrameOfReferenceUID,
          Tag.PositionReferenceIndicator,
          Tag.SmallestPixelValueInSeries,
          Tag.LargestPixelValueInSeries,
          Tag.PerformedProcedureStepStartDate,
          Tag.PerformedProcedureStepStartTime,
          Tag.PerformedProcedureStepEndDate,
          Tag.PerformedProcedureStepEndTime,
          Tag.PerformedProcedureStepID,
          Tag.PerformedProcedureStepDescription,
          Tag.PerformedProtocolCodeSequence,
          Tag.CommentsOnThePerformedProcedureStep,
          Tag.RequestAttributesSequence);

  private FieldSelection() {}

  /** The answer with the fields of the header; what the answer has stays as it is. */
  static Dataset enrich(Dataset answer, Dataset header, QueryLevel level, IncludedFields fields) {
    Set<Integer> whole = new HashSet<>();
    if (fields.all()) {
      header.stream().map(Element::tag).filter(tag -> belongs(tag, level)).forEach(whole::add);
    }
    Dataset.Builder selected = Dataset.builder();
    for (List<Integer> path : fields.paths()) {
      if (belongs(path.getFirst(), level)) {
        if (path.size() == 1) {
          whole.add(path.getFirst());
        } else if (!whole.contains(path.getFirst()) && !answer.contains(path.getFirst())) {
          part(header, path).ifPresent(selected::element);
        }
      }
    }
    // A corrected patient may have no issuer where the header has one.
    whole.remove(Tag.IssuerOfPatientID);
    return Dataset.builder()
        .addAll(header.filter(e -> whole.contains(e.tag()) && !answer.contains(e.tag())))
        .addAll(selected.build())
        .addAll(answer)
        .build();
  }

  /** A sequence with nothing but the attribute at the end of the path. */
  private static Optional<Element> part(Dataset dataset, List<Integer> path) {
    Optional<Element> found = dataset.get(path.getFirst());
    if (path.size() == 1 || found.isEmpty()) {
      return found;
    }
    if (!(found.get() instanceof SequenceElement sequence)) {
      return Optional.empty();
    }
    List<Dataset> items = new ArrayList<>();
    for (Dataset item : sequence.items()) {
      Set<Integer> kept = Set.of(path.get(1));
      items.add(
          path.size() == 2
              ? item.filter(e -> kept.contains(e.tag()))
              : part(item, path.subList(1, path.size()))
                  .map(e -> Dataset.builder().element(e).build())
                  .orElseGet(Dataset::empty));
    }
    return Optional.of(SequenceElement.of(path.getFirst(), items));
  }

  private static boolean belongs(int tag, QueryLevel level) {
    boolean ofPatient = tag >>> 16 == PATIENT_GROUP && !Tags.isPrivate(tag);
    return switch (level) {
      case PATIENT -> ofPatient && !PATIENT_STUDY.contains(tag);
      case STUDY -> ofPatient || STUDY.contains(tag);
      case SERIES -> ofPatient || STUDY.contains(tag) || SERIES.contains(tag);
      case INSTANCE -> true;
    };
  }
}
