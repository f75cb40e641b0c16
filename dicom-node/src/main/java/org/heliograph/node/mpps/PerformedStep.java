package org.heliograph.node.mpps;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.dicom.net.dimse.DimseStatus;

/**
 * A Modality Performed Procedure Step and what may become of it (PS3.4 F.7.2, Table F.7.2-1):
 * {@code IN PROGRESS} when created, then {@code COMPLETED} or {@code DISCONTINUED}, which is final.
 */
public record PerformedStep(Dataset attributes) {
  /** Performed Procedure Step Object may no longer be updated (PS3.4 F.7.2.2.2). */
  private static final int NO_LONGER_UPDATED = 0xa506;

  private static final Set<Integer> FIXED =
      Set.of(
          Tag.SOPClassUID,
          Tag.SOPInstanceUID,
          Tag.ScheduledStepAttributesSequence,
          Tag.PatientName,
          Tag.PatientID,
          Tag.IssuerOfPatientID,
          Tag.PatientBirthDate,
          Tag.PatientSex,
          Tag.PerformedProcedureStepID,
          Tag.PerformedStationAETitle,
          Tag.PerformedStationName,
          Tag.PerformedLocation,
          Tag.PerformedProcedureStepStartDate,
          Tag.PerformedProcedureStepStartTime,
          Tag.Modality,
          Tag.StudyID);

  /** Performed Procedure Step Status (0040,0252). */
  public enum Status {
    IN_PROGRESS("IN PROGRESS"),
    COMPLETED("COMPLETED"),
    DISCONTINUED("DISCONTINUED");

    private final String term;

    Status(String term) {
      this.term = term;
    }

    /** The defined term. */
    public String term() {
      return term;
    }

    static Status of(Dataset attributes) throws DimseException {
      String term = attributes.string(Tag.PerformedProcedureStepStatus, "");
      for (Status status : values()) {
        if (status.term.equals(term)) {
          return status;
        }
      }
      throw invalid(Tag.PerformedProcedureStepStatus);
    }
  }

  /**
   * A step as an N-CREATE brings it.
   *
   * @throws DimseException an attribute of type 1 is missing ({@code 0120}) or empty ({@code
   *     0121}), or the status is not IN PROGRESS ({@code 0106})
   */
  static PerformedStep created(Dataset attributes) throws DimseException {
    require(
        attributes,
        List.of(
            Tag.PerformedProcedureStepStatus,
            Tag.PerformedProcedureStepID,
            Tag.PerformedStationAETitle,
            Tag.PerformedProcedureStepStartDate,
            Tag.PerformedProcedureStepStartTime,
            Tag.Modality,
            Tag.ScheduledStepAttributesSequence));
    for (Dataset scheduled : attributes.items(Tag.ScheduledStepAttributesSequence)) {
      require(scheduled, List.of(Tag.StudyInstanceUID));
      if (scheduled.uid(Tag.StudyInstanceUID).isEmpty()) {
        throw invalid(Tag.StudyInstanceUID);
      }
    }
    if (Status.of(attributes) != Status.IN_PROGRESS) {
      throw invalid(Tag.PerformedProcedureStepStatus);
    }
    requireSeries(attributes);
    return new PerformedStep(attributes);
  }

  /**
   * The step after an N-SET. Attributes that only an N-CREATE sets stay as they are.
   *
   * @throws DimseException the step is final ({@code 0110}, Error ID A506H), or what a final state
   *     needs is missing ({@code 0120}, {@code 0121})
   */
  PerformedStep changed(Dataset modifications) throws DimseException {
    if (status() != Status.IN_PROGRESS) {
      throw new DimseException(
          DimseStatus.PROCESSING_FAILURE
              .withErrorId(NO_LONGER_UPDATED)
              .withComment("Performed Procedure Step Object may no longer be updated"));
    }
    var merged = attributes.toBuilder();
    for (Element element : modifications) {
      if (element.tag() != Tag.SpecificCharacterSet
          && !Tags.isGroupLength(element.tag())
          && !FIXED.contains(element.tag())) {
        merged.element(element);
      }
    }
    var after = new PerformedStep(merged.build());
    requireSeries(after.attributes);
    switch (Status.of(after.attributes)) {
      case IN_PROGRESS -> {}
      case COMPLETED ->
          require(
              after.attributes,
              List.of(
                  Tag.PerformedProcedureStepEndDate,
                  Tag.PerformedProcedureStepEndTime,
                  Tag.PerformedSeriesSequence));
      case DISCONTINUED ->
          require(
              after.attributes,
              List.of(Tag.PerformedProcedureStepEndDate, Tag.PerformedProcedureStepEndTime));
    }
    return after;
  }

  /** Where the step stands. */
  public Status status() throws DimseException {
    return Status.of(attributes);
  }

  private static void requireSeries(Dataset attributes) throws DimseException {
    for (Dataset series : attributes.items(Tag.PerformedSeriesSequence)) {
      require(series, List.of(Tag.SeriesInstanceUID));
      if (series.uid(Tag.SeriesInstanceUID).isEmpty()) {
        throw invalid(Tag.SeriesInstanceUID);
      }
    }
  }

  private static void require(Dataset dataset, List<Integer> tags) throws DimseException {
    List<Integer> missing = new ArrayList<>();
    List<Integer> empty = new ArrayList<>();
    for (int tag : tags) {
      if (!dataset.contains(tag)) {
        missing.add(tag);
      } else if (dataset.items(tag).isEmpty() && dataset.string(tag, "").isEmpty()) {
        empty.add(tag);
      }
    }
    if (!missing.isEmpty()) {
      throw new DimseException(DimseStatus.MISSING_ATTRIBUTE.withOffendingElements(missing));
    }
    if (!empty.isEmpty()) {
      throw new DimseException(DimseStatus.MISSING_ATTRIBUTE_VALUE.withOffendingElements(empty));
    }
  }

  private static DimseException invalid(int tag) {
    return new DimseException(
        DimseStatus.INVALID_ATTRIBUTE_VALUE.withOffendingElements(List.of(tag)));
  }

  /** Attributes are patient data. */
  @Override
  public String toString() {
    return "PerformedStep[***]";
  }
}
