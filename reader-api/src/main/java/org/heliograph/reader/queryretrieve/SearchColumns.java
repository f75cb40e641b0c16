package org.heliograph.reader.queryretrieve;

import java.util.Set;
import org.heliograph.dicom.data.Tag;

/** What the catalog answers without reading a header. */
final class SearchColumns {
  static final Set<Integer> TAGS =
      Set.of(
          Tag.PatientName,
          Tag.PatientID,
          Tag.IssuerOfPatientID,
          Tag.PatientBirthDate,
          Tag.PatientSex,
          Tag.NumberOfPatientRelatedStudies,
          Tag.NumberOfPatientRelatedSeries,
          Tag.NumberOfPatientRelatedInstances,
          Tag.StudyInstanceUID,
          Tag.StudyDate,
          Tag.StudyTime,
          Tag.AccessionNumber,
          Tag.StudyID,
          Tag.StudyDescription,
          Tag.ReferringPhysicianName,
          Tag.TimezoneOffsetFromUTC,
          Tag.ModalitiesInStudy,
          Tag.SOPClassesInStudy,
          Tag.NumberOfStudyRelatedSeries,
          Tag.NumberOfStudyRelatedInstances,
          Tag.InstanceAvailability,
          Tag.SeriesInstanceUID,
          Tag.Modality,
          Tag.SeriesNumber,
          Tag.SeriesDescription,
          Tag.BodyPartExamined,
          Tag.Laterality,
          Tag.PerformedProcedureStepStartDate,
          Tag.PerformedProcedureStepStartTime,
          Tag.NumberOfSeriesRelatedInstances,
          Tag.RequestAttributesSequence,
          Tag.SOPInstanceUID,
          Tag.SOPClassUID,
          Tag.InstanceNumber,
          Tag.Rows,
          Tag.Columns,
          Tag.BitsAllocated,
          Tag.NumberOfFrames,
          Tag.AvailableTransferSyntaxUID);

  private SearchColumns() {}
}
