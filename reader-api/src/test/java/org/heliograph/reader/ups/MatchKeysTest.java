package org.heliograph.reader.ups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.heliograph.archive.catalog.QueryLevel;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.reader.dicomweb.SearchRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchKeysTest {
  private static final Dataset WORKITEM =
      Dataset.builder()
          .string(Tag.PatientName, "Okafor^Adaeze")
          .string(Tag.PatientID, "P-17")
          .string(Tag.PatientBirthDate, "19800229")
          .string(Tag.ProcedureStepState, "SCHEDULED")
          .string(Tag.SOPInstanceUID, "1.2.3")
          .string(Tag.ScheduledProcedureStepStartDateTime, "20260321120000+0000")
          .empty(Tag.AdmissionID)
          .sequence(
              Tag.ScheduledWorkitemCodeSequence,
              Dataset.builder()
                  .string(Tag.CodeValue, "110005")
                  .string(Tag.CodingSchemeDesignator, "DCM")
                  .build(),
              Dataset.builder()
                  .string(Tag.CodeValue, "110004")
                  .string(Tag.CodingSchemeDesignator, "99X")
                  .build())
          .build();

  @ParameterizedTest
  @CsvSource({
    "PatientName, okafor*, true",
    "PatientName, OKAFOR^adaeze, true",
    "PatientName, Adaeze, false",
    "PatientID, P-1?, true",
    "PatientID, p-17, false",
    "PatientID, P-16\\P-17, true",
    "PatientBirthDate, 19800101-19801231, true",
    "PatientBirthDate, 1981-, false",
    "00741000, SCHEDULED, true",
    "00741000, '', true",
    "SOPInstanceUID, '1.2.4,1.2.3', true",
    "SOPInstanceUID, 1.2.30, false",
    "ScheduledProcedureStepStartDateTime, 20260321110000+0000-20260321130000+0000, true",
    "ScheduledProcedureStepStartDateTime, 20260321140000+0200, true",
    "ScheduledProcedureStepStartDateTime, 20260322-, false",
    "AdmissionID, '\"\"', true",
    "PatientID, '\"\"', false",
    "ScheduledWorkitemCodeSequence.CodeValue, 110004, true",
    "ScheduledWorkitemCodeSequence.CodeValue, 110001, false"
  })
  void keys_match_by_the_rules_of_c_find(String key, String value, boolean matches) {
    assertThat(keys(Map.of(key, new String[] {value})).match(WORKITEM)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({"DCM, 110005, true", "DCM, 110004, false", "99X, 110004, true"})
  void keys_of_a_sequence_match_in_one_item(String scheme, String value, boolean matches) {
    var keys =
        keys(
            Map.of(
                "ScheduledWorkitemCodeSequence.CodeValue", new String[] {value},
                "ScheduledWorkitemCodeSequence.CodingSchemeDesignator", new String[] {scheme}));
    assertThat(keys.match(WORKITEM)).isEqualTo(matches);
    assertThat(MatchKeys.fromJson(keys.toJson()).match(WORKITEM)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({"ada oka, true", "adaeze okaforx, false"})
  void fuzzy_names_match_word_by_word(String value, boolean matches) {
    var parameters =
        Map.of("PatientName", new String[] {value}, "fuzzymatching", new String[] {"true"});
    assertThat(keys(parameters).match(WORKITEM)).isEqualTo(matches);
  }

  private static MatchKeys keys(Map<String, String[]> parameters) {
    return MatchKeys.of(SearchRequest.of(QueryLevel.STUDY, Map.of(), parameters));
  }
}
