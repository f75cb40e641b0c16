package org.heliograph.reader.orders;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order: one requested procedure with its steps. Prints nothing of its content.
 *
 * @param studyInstanceUid null: one is made, once
 * @param requestedProcedureId empty: one is made
 * @param priority STAT, HIGH, ROUTINE, MEDIUM or LOW
 * @param question why it is asked for
 * @param history what is known of the patient beside it
 */
public record OrderedProcedure(
    OrderNumbers numbers,
    OrderedPatient patient,
    String accessionNumber,
    @Nullable String studyInstanceUid,
    String requestedProcedureId,
    String description,
    CodedText code,
    String priority,
    String question,
    String history,
    Visit visit,
    List<OrderedStep> steps) {
  public OrderedProcedure {
    steps = List.copyOf(steps);
  }

  /** How the two parties call the order; at least one is not empty. */
  public record OrderNumbers(String placer, String filler) {}

  /**
   * The visit and those who ask, as DICOM text; what is not known is empty.
   *
   * @param weight in kg, a DS value
   */
  public record Visit(
      String admissionId,
      String location,
      String referringPhysician,
      String requestingPhysician,
      String transport,
      String alerts,
      String allergies,
      String comments,
      String weight) {
    public static final Visit NONE = new Visit("", "", "", "", "", "", "", "", "");

    @Override
    public String toString() {
      return "Visit[***]";
    }
  }

  @Override
  public String toString() {
    return "OrderedProcedure[***]";
  }
}
