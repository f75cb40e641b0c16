package org.heliograph.reader.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.heliograph.reader.cases.CaseMismatch.HeaderPatient;
import org.junit.jupiter.api.Test;

class CaseMismatchTest {
  private static final LocalDate BORN = LocalDate.of(1980, 2, 29);
  private static final CasePatient ASKED =
      new CasePatient("Okafor", "Adaeze", "P-17", "CLINIC_A", BORN, "F");

  @Test
  void the_same_patient_contradicts_nothing() {
    assertThat(compare("OKAFOR^ADAEZE", "P-17", "CLINIC_A", BORN, "F")).isEmpty();
    assertThat(compare("Okafor^Adaeze^N.^^", "P-17", "", null, "")).isEmpty();
  }

  @Test
  void every_contradicting_field_is_named() {
    assertThat(compare("Okoro^Ada", "P-18", "CLINIC_A", BORN.plusDays(1), "M"))
        .containsExactly("id", "name", "birthDate", "sex");
  }

  @Test
  void the_same_id_of_another_issuer_is_another_id() {
    assertThat(compare("Okafor^Adaeze", "P-17", "CLINIC_B", BORN, "F")).containsExactly("id");
  }

  @Test
  void what_one_side_does_not_know_is_no_contradiction() {
    assertThat(compare("", "", "", null, "")).isEmpty();
    assertThat(
            CaseMismatch.contradictions(
                CasePatient.UNKNOWN, new HeaderPatient("A^B", "1", "X", BORN, "M")))
        .isEmpty();
  }

  @Test
  void a_name_may_agree_in_any_of_its_groups() {
    var asked = new CasePatient("王", "小東", "", "", null, "");

    assertThat(
            CaseMismatch.contradictions(
                asked, new HeaderPatient("Wang^XiaoDong=王^小東", "", "", null, "")))
        .isEmpty();
  }

  private static java.util.List<String> compare(
      String name,
      String id,
      String issuer,
      @org.jspecify.annotations.Nullable LocalDate born,
      String sex) {
    return CaseMismatch.contradictions(ASKED, new HeaderPatient(name, id, issuer, born, sex));
  }
}
