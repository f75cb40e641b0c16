package org.heliograph.reader.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Compares the patient of the request with the patient in the headers of the images that a modality
 * sent. What one side does not know is no contradiction.
 */
@Component
public class CaseMismatch {
  /** The patient as an image header has them; {@code name} is the value of (0010,0010). */
  public record HeaderPatient(
      String name, String id, String issuer, @Nullable LocalDate birthDate, String sex) {
    @Override
    public String toString() {
      return "HeaderPatient[***]";
    }
  }

  private static final String HEADERS =
      """
      select header_name, header_patient_id, header_issuer_of_patient_id, header_birth_date,
             header_sex
      from reading.case_study where case_id = ? and origin = 'SENT'
      """;

  private final JdbcClient sql;
  private final Cases cases;

  CaseMismatch(JdbcClient sql, Cases cases) {
    this.sql = sql;
    this.cases = cases;
  }

  /** Records on a locked case which fields contradict, if that has changed. */
  @Transactional(propagation = Propagation.MANDATORY)
  public CaseFile check(CaseFile locked) {
    var fields = new TreeSet<String>();
    for (var header :
        sql.sql(HEADERS).param(locked.id().value()).query(CaseMismatch::header).list()) {
      fields.addAll(contradictions(locked.patient(), header));
    }
    var found = List.copyOf(fields);
    var images = locked.images();
    return found.equals(images.mismatch())
        ? locked
        : cases.append(
            locked.with(images.withMismatch(found)),
            CaseHappening.byHub(CaseEventKind.MISMATCH_FOUND).reason(String.join(",", found)));
  }

  static List<String> contradictions(CasePatient patient, HeaderPatient header) {
    var fields = new ArrayList<String>();
    if (differ(patient.id(), header.id())
        || (patient.id().equals(header.id()) && differ(patient.issuer(), header.issuer()))) {
      fields.add("id");
    }
    if (!sameName(patient, header.name())) {
      fields.add("name");
    }
    if (patient.birthDate() != null
        && header.birthDate() != null
        && !patient.birthDate().equals(header.birthDate())) {
      fields.add("birthDate");
    }
    if (differ(patient.sex(), header.sex())) {
      fields.add("sex");
    }
    return fields;
  }

  /** Equal in any of the header's alphabetic, ideographic and phonetic groups. */
  private static boolean sameName(CasePatient patient, String headerName) {
    var asked = normal(patient.familyName() + " " + patient.givenName());
    if (asked.isEmpty() || normal(headerName).isEmpty()) {
      return true;
    }
    return Arrays.stream(headerName.split("=", -1))
        .map(group -> group.split("\\^", -1))
        .map(parts -> normal(parts[0] + " " + (parts.length > 1 ? parts[1] : "")))
        .anyMatch(asked::equals);
  }

  private static boolean differ(String asked, String header) {
    return !asked.isEmpty() && !header.isEmpty() && !normal(asked).equals(normal(header));
  }

  private static String normal(String text) {
    return text.replace('^', ' ').replaceAll("\\s+", " ").strip().toUpperCase(Locale.ROOT);
  }

  private static HeaderPatient header(ResultSet row, int number) throws SQLException {
    return new HeaderPatient(
        row.getString("header_name"),
        row.getString("header_patient_id"),
        row.getString("header_issuer_of_patient_id"),
        row.getObject("header_birth_date", LocalDate.class),
        row.getString("header_sex"));
  }
}
