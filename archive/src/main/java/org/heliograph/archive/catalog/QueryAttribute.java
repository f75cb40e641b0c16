package org.heliograph.archive.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heliograph.dicom.data.Tag;

/** The attributes that a search may match, where each lies, and how its values match. */
public enum QueryAttribute {
  PATIENT_ID(Tag.PatientID, Place.PATIENT, Kind.TEXT, "p.patient_id"),
  ISSUER_OF_PATIENT_ID(Tag.IssuerOfPatientID, Place.PATIENT, Kind.TEXT, "p.issuer_of_patient_id"),
  PATIENT_NAME(Tag.PatientName, Place.STUDY, Kind.NAME, "s.patient_name"),
  PATIENT_BIRTH_DATE(Tag.PatientBirthDate, Place.STUDY, Kind.DATE, "s.patient_birth_date"),
  PATIENT_SEX(Tag.PatientSex, Place.STUDY, Kind.TEXT, "s.patient_sex"),
  STUDY_INSTANCE_UID(Tag.StudyInstanceUID, Place.STUDY, Kind.UID, "s.study_instance_uid"),
  STUDY_DATE(Tag.StudyDate, Place.STUDY, Kind.DATE, "s.ordering_date"),
  STUDY_TIME(Tag.StudyTime, Place.STUDY, Kind.TIME, "s.study_time"),
  ACCESSION_NUMBER(Tag.AccessionNumber, Place.STUDY, Kind.TEXT, "s.accession_number"),
  STUDY_ID(Tag.StudyID, Place.STUDY, Kind.TEXT, "s.study_id"),
  STUDY_DESCRIPTION(Tag.StudyDescription, Place.STUDY, Kind.TEXT, "s.study_description"),
  REFERRING_PHYSICIAN_NAME(
      Tag.ReferringPhysicianName, Place.STUDY, Kind.NAME, "s.referring_physician"),
  MODALITIES_IN_STUDY(Tag.ModalitiesInStudy, Place.STUDY, Kind.ANY_OF_CODES, "s.modalities"),
  SOP_CLASSES_IN_STUDY(Tag.SOPClassesInStudy, Place.STUDY, Kind.ANY_OF_CODES, "s.sop_classes"),
  SERIES_INSTANCE_UID(Tag.SeriesInstanceUID, Place.SERIES, Kind.UID, "e.series_instance_uid"),
  MODALITY(Tag.Modality, Place.SERIES, Kind.TEXT, "e.modality"),
  SERIES_NUMBER(Tag.SeriesNumber, Place.SERIES, Kind.NUMBER, "e.series_number"),
  SERIES_DESCRIPTION(Tag.SeriesDescription, Place.SERIES, Kind.TEXT, "e.series_description"),
  BODY_PART_EXAMINED(Tag.BodyPartExamined, Place.SERIES, Kind.TEXT, "e.body_part_examined"),
  LATERALITY(Tag.Laterality, Place.SERIES, Kind.TEXT, "e.laterality"),
  PERFORMED_PROCEDURE_STEP_START_DATE(
      Tag.PerformedProcedureStepStartDate,
      Place.SERIES,
      Kind.DATE,
      "e.performed_procedure_step_start_date"),
  PERFORMED_PROCEDURE_STEP_START_TIME(
      Tag.PerformedProcedureStepStartTime,
      Place.SERIES,
      Kind.TIME,
      "e.performed_procedure_step_start_time"),
  SOP_INSTANCE_UID(Tag.SOPInstanceUID, Place.INSTANCE, Kind.UID, "i.sop_instance_uid"),
  SOP_CLASS_UID(Tag.SOPClassUID, Place.INSTANCE, Kind.UID, "i.sop_class_uid"),
  INSTANCE_NUMBER(Tag.InstanceNumber, Place.INSTANCE, Kind.NUMBER, "i.instance_number"),
  ROWS(Tag.Rows, Place.INSTANCE, Kind.NUMBER, "i.rows"),
  COLUMNS(Tag.Columns, Place.INSTANCE, Kind.NUMBER, "i.columns"),
  BITS_ALLOCATED(Tag.BitsAllocated, Place.INSTANCE, Kind.NUMBER, "i.bits_allocated"),
  NUMBER_OF_FRAMES(Tag.NumberOfFrames, Place.INSTANCE, Kind.NUMBER, "i.number_of_frames"),
  REQUESTED_PROCEDURE_ID(
      Tag.RequestedProcedureID, Place.REQUEST, Kind.TEXT, "r.requested_procedure_id"),
  SCHEDULED_PROCEDURE_STEP_ID(
      Tag.ScheduledProcedureStepID, Place.REQUEST, Kind.TEXT, "r.scheduled_procedure_step_id"),
  REQUEST_ACCESSION_NUMBER(Tag.AccessionNumber, Place.REQUEST, Kind.TEXT, "r.accession_number"),
  REQUEST_STUDY_INSTANCE_UID(Tag.StudyInstanceUID, Place.REQUEST, Kind.UID, "r.study_instance_uid");

  /** Which row has the attribute. {@code REQUEST} is an item of Request Attributes Sequence. */
  public enum Place {
    PATIENT,
    STUDY,
    SERIES,
    INSTANCE,
    REQUEST
  }

  /** How a value is matched. */
  enum Kind {
    UID,
    TEXT,
    NAME,
    DATE,
    TIME,
    NUMBER,
    ANY_OF_CODES
  }

  private static final Map<Integer, QueryAttribute> BY_TAG = byTag(false);
  private static final Map<Integer, QueryAttribute> BY_TAG_IN_REQUEST = byTag(true);

  private final int tag;
  private final Place place;
  private final Kind kind;
  private final String column;

  QueryAttribute(int tag, Place place, Kind kind, String column) {
    this.tag = tag;
    this.place = place;
    this.kind = kind;
    this.column = column;
  }

  private static Map<Integer, QueryAttribute> byTag(boolean inRequest) {
    return Arrays.stream(values())
        .filter(a -> (a.place == Place.REQUEST) == inRequest)
        .collect(Collectors.toMap(QueryAttribute::tag, Function.identity()));
  }

  public int tag() {
    return tag;
  }

  public Place place() {
    return place;
  }

  Kind kind() {
    return kind;
  }

  String column() {
    return column;
  }

  static Optional<QueryAttribute> of(int tag) {
    return Optional.ofNullable(BY_TAG.get(tag));
  }

  /** An attribute of an item of a sequence. */
  static Optional<QueryAttribute> of(int sequence, int tag) {
    return sequence == Tag.RequestAttributesSequence
        ? Optional.ofNullable(BY_TAG_IN_REQUEST.get(tag))
        : Optional.empty();
  }

  /** All that can be matched, in the order of this list; for the conformance statement. */
  public static List<QueryAttribute> all() {
    return List.of(values());
  }
}
