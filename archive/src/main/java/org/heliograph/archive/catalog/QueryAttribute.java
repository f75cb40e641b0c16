package org.heliograph.archive.catalog;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heliograph.dicom.data.Tag;

/** The attributes that a search may match, and the column that holds each. */
enum QueryAttribute {
  STUDY_INSTANCE_UID(Tag.StudyInstanceUID, Kind.UID, "s.study_instance_uid"),
  STUDY_DATE(Tag.StudyDate, Kind.DATE, "s.study_date"),
  STUDY_TIME(Tag.StudyTime, Kind.TIME, "s.study_time"),
  ACCESSION_NUMBER(Tag.AccessionNumber, Kind.TEXT, "s.accession_number"),
  STUDY_ID(Tag.StudyID, Kind.TEXT, "s.study_id"),
  STUDY_DESCRIPTION(Tag.StudyDescription, Kind.TEXT, "s.study_description"),
  REFERRING_PHYSICIAN_NAME(Tag.ReferringPhysicianName, Kind.NAME, "s.referring_physician_key"),
  MODALITIES_IN_STUDY(Tag.ModalitiesInStudy, Kind.MODALITIES, "m.modality"),
  PATIENT_NAME(Tag.PatientName, Kind.NAME, "s.patient_name_key"),
  PATIENT_ID(Tag.PatientID, Kind.TEXT, "p.patient_id"),
  ISSUER_OF_PATIENT_ID(Tag.IssuerOfPatientID, Kind.TEXT, "p.issuer_of_patient_id"),
  PATIENT_BIRTH_DATE(Tag.PatientBirthDate, Kind.DATE, "s.patient_birth_date"),
  PATIENT_SEX(Tag.PatientSex, Kind.TEXT, "s.patient_sex"),
  SERIES_INSTANCE_UID(Tag.SeriesInstanceUID, Kind.UID, "e.series_instance_uid"),
  MODALITY(Tag.Modality, Kind.TEXT, "e.modality"),
  SERIES_NUMBER(Tag.SeriesNumber, Kind.NUMBER, "e.series_number"),
  SERIES_DESCRIPTION(Tag.SeriesDescription, Kind.TEXT, "e.series_description"),
  BODY_PART_EXAMINED(Tag.BodyPartExamined, Kind.TEXT, "e.body_part_examined"),
  LATERALITY(Tag.Laterality, Kind.TEXT, "e.laterality"),
  PERFORMED_PROCEDURE_STEP_START_DATE(
      Tag.PerformedProcedureStepStartDate, Kind.DATE, "e.performed_procedure_step_start_date"),
  PERFORMED_PROCEDURE_STEP_START_TIME(
      Tag.PerformedProcedureStepStartTime, Kind.TIME, "e.performed_procedure_step_start_time"),
  SOP_INSTANCE_UID(Tag.SOPInstanceUID, Kind.UID, "i.sop_instance_uid"),
  SOP_CLASS_UID(Tag.SOPClassUID, Kind.UID, "i.sop_class_uid"),
  INSTANCE_NUMBER(Tag.InstanceNumber, Kind.NUMBER, "i.instance_number"),
  ROWS(Tag.Rows, Kind.NUMBER, "i.rows"),
  COLUMNS(Tag.Columns, Kind.NUMBER, "i.columns"),
  NUMBER_OF_FRAMES(Tag.NumberOfFrames, Kind.NUMBER, "i.number_of_frames");

  /** How a value is matched. */
  enum Kind {
    UID,
    TEXT,
    NAME,
    DATE,
    TIME,
    NUMBER,
    MODALITIES
  }

  private static final Map<Integer, QueryAttribute> BY_TAG =
      Arrays.stream(values()).collect(Collectors.toMap(QueryAttribute::tag, Function.identity()));

  private final int tag;
  private final Kind kind;
  private final String column;

  QueryAttribute(int tag, Kind kind, String column) {
    this.tag = tag;
    this.kind = kind;
    this.column = column;
  }

  int tag() {
    return tag;
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
}
