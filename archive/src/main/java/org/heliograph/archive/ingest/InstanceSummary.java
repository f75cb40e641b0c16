package org.heliograph.archive.ingest;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.heliograph.archive.catalog.HeaderText;
import org.heliograph.archive.catalog.NameKey;
import org.heliograph.archive.reject.RejectNote;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.jspecify.annotations.Nullable;

/** The values of a header that the catalog has columns for, fit for those columns. */
record InstanceSummary(
    StudyInstanceUid study,
    SeriesInstanceUid series,
    SopInstanceUid instance,
    SopClassUid sopClass,
    Patient patient,
    Study studyValues,
    Series seriesValues,
    Image image,
    @Nullable RejectNote note) {
  private static final int NAME_LENGTH = 1024;
  private static final int LONG_TEXT_LENGTH = 256;
  private static final int TEXT_LENGTH = 64;
  private static final int CODE_LENGTH = 16;
  private static final int MAX_REQUESTS = 50;

  record Patient(
      String patientId,
      String issuer,
      String name,
      List<String> nameKey,
      @Nullable LocalDate birthDate,
      String sex) {
    @Override
    public String toString() {
      return "Patient[***]";
    }
  }

  record Study(
      @Nullable LocalDate date,
      String time,
      String accessionNumber,
      String studyId,
      String description,
      String referringPhysician,
      List<String> referringPhysicianKey,
      String timezoneOffset) {
    @Override
    public String toString() {
      return "Study[***]";
    }
  }

  record Series(
      String modality,
      @Nullable Integer number,
      String description,
      String bodyPartExamined,
      String laterality,
      @Nullable LocalDate startDate,
      String startTime,
      List<Request> requests) {
    @Override
    public String toString() {
      return "Series[***]";
    }
  }

  /** An item of Request Attributes Sequence (0040,0275). */
  record Request(
      String requestedProcedureId,
      String scheduledProcedureStepId,
      String accessionNumber,
      String study) {
    @Override
    public String toString() {
      return "Request[***]";
    }
  }

  record Image(
      @Nullable Integer instanceNumber,
      @Nullable Integer rows,
      @Nullable Integer columns,
      @Nullable Integer bitsAllocated,
      int numberOfFrames) {}

  @Override
  public String toString() {
    return "InstanceSummary[***]";
  }

  static InstanceSummary of(
      StudyInstanceUid study,
      SeriesInstanceUid series,
      SopInstanceUid instance,
      SopClassUid sopClass,
      Dataset header) {
    return new InstanceSummary(
        study,
        series,
        instance,
        sopClass,
        patient(header),
        study(header),
        series(header),
        image(header),
        RejectNote.of(header));
  }

  private static Patient patient(Dataset header) {
    PersonName name = name(header, Tag.PatientName);
    return new Patient(
        text(header, Tag.PatientID, TEXT_LENGTH),
        text(header, Tag.IssuerOfPatientID, TEXT_LENGTH),
        HeaderText.column(name.value(), NAME_LENGTH),
        nameKey(name),
        date(header, Tag.PatientBirthDate),
        text(header, Tag.PatientSex, CODE_LENGTH));
  }

  private static Study study(Dataset header) {
    PersonName referring = name(header, Tag.ReferringPhysicianName);
    return new Study(
        date(header, Tag.StudyDate),
        text(header, Tag.StudyTime, CODE_LENGTH),
        text(header, Tag.AccessionNumber, TEXT_LENGTH),
        text(header, Tag.StudyID, TEXT_LENGTH),
        text(header, Tag.StudyDescription, LONG_TEXT_LENGTH),
        HeaderText.column(referring.value(), NAME_LENGTH),
        nameKey(referring),
        text(header, Tag.TimezoneOffsetFromUTC, CODE_LENGTH));
  }

  private static Series series(Dataset header) {
    return new Series(
        text(header, Tag.Modality, CODE_LENGTH),
        number(header, Tag.SeriesNumber),
        text(header, Tag.SeriesDescription, LONG_TEXT_LENGTH),
        text(header, Tag.BodyPartExamined, TEXT_LENGTH),
        text(header, Tag.Laterality, CODE_LENGTH),
        date(header, Tag.PerformedProcedureStepStartDate),
        text(header, Tag.PerformedProcedureStepStartTime, CODE_LENGTH),
        header.items(Tag.RequestAttributesSequence).stream()
            .limit(MAX_REQUESTS)
            .map(InstanceSummary::request)
            .toList());
  }

  private static Request request(Dataset item) {
    return new Request(
        text(item, Tag.RequestedProcedureID, TEXT_LENGTH),
        text(item, Tag.ScheduledProcedureStepID, TEXT_LENGTH),
        text(item, Tag.AccessionNumber, TEXT_LENGTH),
        text(item, Tag.StudyInstanceUID, TEXT_LENGTH));
  }

  private static Image image(Dataset header) {
    return new Image(
        number(header, Tag.InstanceNumber),
        number(header, Tag.Rows),
        number(header, Tag.Columns),
        number(header, Tag.BitsAllocated),
        Math.max(1, header.integer(Tag.NumberOfFrames, 1)));
  }

  private static String text(Dataset header, int tag, int maxLength) {
    return HeaderText.column(header.string(tag, ""), maxLength);
  }

  private static PersonName name(Dataset header, int tag) {
    return header.personName(tag).orElseGet(() -> PersonName.parse(""));
  }

  private static List<String> nameKey(PersonName name) {
    return NameKey.of(name).stream().map(key -> HeaderText.column(key, NAME_LENGTH)).toList();
  }

  private static @Nullable Integer number(Dataset header, int tag) {
    OptionalInt value = header.integer(tag);
    return value.isPresent() ? value.getAsInt() : null;
  }

  /** Dates that both DICOM and the column know; a year 0 is somebody's "unknown". */
  private static @Nullable LocalDate date(Dataset header, int tag) {
    Optional<LocalDate> value = header.date(tag);
    return value.filter(date -> date.getYear() >= 1 && date.getYear() <= 9999).orElse(null);
  }
}
