package org.heliograph.node.worklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.node.worklist.KeyMatching.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyMatchingTest {
  private static final Dataset ITEM =
      Dataset.builder()
          .string(Tag.PatientName, "Yamada^Tarou=山田^太郎=やまだ^たろう")
          .string(Tag.PatientID, "P-17")
          .string(Tag.StudyInstanceUID, "1.2.3")
          .empty(Tag.AdmissionID)
          .sequence(
              Tag.ScheduledProcedureStepSequence,
              Dataset.builder()
                  .string(Tag.Modality, "DX", "CR")
                  .string(Tag.ScheduledStationAETitle, "ONE", "TWO")
                  .string(Tag.ScheduledProcedureStepStartDate, "20260305")
                  .string(Tag.ScheduledProcedureStepStartTime, "091500")
                  .build())
          .build();

  @ParameterizedTest
  @CsvSource({
    "PatientName, YAMADA^TAROU, ALL_KEYS",
    "PatientName, yamada*, ALL_KEYS",
    "PatientName, YAMADA, NONE",
    "PatientName, 山田^太郎, ALL_KEYS",
    "PatientName, ＹＡＭＡＤＡ^ＴＡＲＯＵ^, ALL_KEYS",
    "PatientName, Yamada^Tarou=山*, ALL_KEYS",
    "PatientName, Yamada^Tarou=鈴*, NONE",
    "PatientName, *, ALL_KEYS",
    "PatientID, P-1?, ALL_KEYS",
    "PatientID, p-17, NONE",
    "PatientID, *7*, ALL_KEYS",
    "PatientID, ?, NONE",
    "StudyInstanceUID, 1.2.4\\1.2.3, ALL_KEYS",
    "StudyInstanceUID, 1.2.*, NONE",
    "AdmissionID, V1, NONE",
    "AdmissionID, '', ALL_KEYS",
    "MedicalAlerts, X, SOME_KEYS_IGNORED",
  })
  void a_key_matches_as_its_value_representation_says(String keyword, String key, Result result)
      throws DimseException {
    assertThat(KeyMatching.of(keys(keyword, key)).match(ITEM)).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({
    "Modality, CR, ALL_KEYS",
    "Modality, CT, NONE",
    "ScheduledStationAETitle, TWO, ALL_KEYS",
    "ScheduledStationAETitle, THREE, NONE",
    "ScheduledProcedureStepStartDate, 20260305, ALL_KEYS",
    "ScheduledProcedureStepStartDate, 20260301-20260304, NONE",
    "ScheduledProcedureStepStartDate, 20260305-, ALL_KEYS",
    "ScheduledProcedureStepStartTime, 09, ALL_KEYS",
    "ScheduledProcedureStepStartTime, 1000-, NONE",
  })
  void keys_of_the_step_match_in_its_item(String keyword, String key, Result result)
      throws DimseException {
    Dataset keys =
        Dataset.builder().sequence(Tag.ScheduledProcedureStepSequence, keys(keyword, key)).build();
    assertThat(KeyMatching.of(keys).match(ITEM)).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({
    "20260304-20260306, 1000-1800, ALL_KEYS",
    "20260304-20260305, 1000-0900, NONE",
    "20260305-20260306, 0915-0800, ALL_KEYS",
    "20260305-20260306, 0916-0800, NONE",
    "20260304-20260306, 1000, NONE",
  })
  void a_range_of_dates_and_one_of_times_are_one_period(String dates, String times, Result result)
      throws DimseException {
    Dataset keys =
        Dataset.builder()
            .sequence(
                Tag.ScheduledProcedureStepSequence,
                Dataset.builder()
                    .string(Tag.ScheduledProcedureStepStartDate, dates)
                    .string(Tag.ScheduledProcedureStepStartTime, times)
                    .build())
            .build();
    assertThat(KeyMatching.of(keys).match(ITEM)).isEqualTo(result);
  }

  @Test
  void a_date_that_is_none_is_refused() {
    assertThatThrownBy(() -> KeyMatching.of(keys("PatientBirthDate", "soon")))
        .isInstanceOf(DimseException.class);
  }

  @Test
  void a_wild_card_of_many_stars_is_matched_in_short_time() {
    assertThat(WildCard.matches("*a".repeat(2_000) + "b", "a".repeat(4_000))).isFalse();
  }

  private static Dataset keys(String keyword, String value) {
    int tag = org.heliograph.dicom.data.Dictionary.byKeyword(keyword).orElseThrow().tag();
    return Dataset.builder().string(tag, value.split("\\\\", -1)).build();
  }
}
