package org.heliograph.reader.orders;

import java.time.LocalDate;
import org.heliograph.dicom.data.PersonName;
import org.jspecify.annotations.Nullable;

/**
 * The patient of an order. Prints nothing of its content.
 *
 * @param sex F, M, O or empty
 */
public record OrderedPatient(
    PersonName name, String id, String issuer, @Nullable LocalDate birthDate, String sex) {
  @Override
  public String toString() {
    return "OrderedPatient[***]";
  }
}
