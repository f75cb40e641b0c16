package org.heliograph.node.link;

/**
 * What the headers say of a study, so that a case can be opened before the first image is whole.
 * Empty where a header is silent.
 *
 * @param patientName as in the header, with {@code ^} and {@code =}
 * @param patientBirthDate DA, or empty
 * @param studyDate DA, or empty
 */
public record ManifestStudy(
    String studyInstanceUid,
    String patientName,
    String patientId,
    String issuerOfPatientId,
    String patientBirthDate,
    String patientSex,
    String accessionNumber,
    String studyDate,
    String studyDescription,
    String modality,
    String bodyPartExamined,
    String laterality) {
  @Override
  public String toString() {
    return "ManifestStudy[***]";
  }
}
