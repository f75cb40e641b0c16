package org.heliograph.node.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Map;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.InformationModel;
import org.heliograph.dicom.net.dimse.QueryRetrieveLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryModelTest {
  private static final QueryModel PATIENT_ROOT =
      QueryModel.of(InformationModel.PATIENT_ROOT.find().orElseThrow());
  private static final QueryModel STUDY_ROOT =
      QueryModel.of(InformationModel.STUDY_ROOT.move().orElseThrow());
  private static final QueryModel PATIENT_STUDY_ONLY =
      QueryModel.of(InformationModel.PATIENT_STUDY_ONLY.get().orElseThrow());

  private static Dataset keys(String level) {
    return Dataset.builder().string(Tag.QueryRetrieveLevel, level).build();
  }

  @Test
  void each_model_has_its_levels() throws Exception {
    assertThat(PATIENT_ROOT.level(keys("PATIENT"))).isEqualTo(QueryRetrieveLevel.PATIENT);
    assertThat(STUDY_ROOT.level(keys("IMAGE"))).isEqualTo(QueryRetrieveLevel.IMAGE);
    assertThatThrownBy(() -> STUDY_ROOT.level(keys("PATIENT"))).isInstanceOf(DimseException.class);
    assertThatThrownBy(() -> PATIENT_STUDY_ONLY.level(keys("SERIES")))
        .isInstanceOf(DimseException.class);
    assertThatThrownBy(() -> PATIENT_ROOT.level(Dataset.empty()))
        .isInstanceOfSatisfying(
            DimseException.class,
            e ->
                assertThat(e.status().code())
                    .isEqualTo(DimseStatus.DATASET_DOES_NOT_MATCH_SOP_CLASS.code()));
  }

  @ParameterizedTest
  @CsvSource({
    "SERIES, 1.2.3, true",
    "SERIES, '', false",
    "SERIES, 1.2.*, false",
    "SERIES, 1.2.3\\1.2.4, false",
    "STUDY, '', true"
  })
  void every_level_above_needs_one_value(String level, String study, boolean accepted)
      throws Exception {
    Dataset identifier =
        Dataset.builder()
            .string(Tag.QueryRetrieveLevel, level)
            .string(Tag.StudyInstanceUID, study.split("\\\\"))
            .build();

    if (accepted) {
      STUDY_ROOT.requireHierarchy(QueryRetrieveLevel.valueOf(level), identifier);
    } else {
      assertThatThrownBy(
              () -> STUDY_ROOT.requireHierarchy(QueryRetrieveLevel.valueOf(level), identifier))
          .isInstanceOf(DimseException.class);
    }
  }

  @Test
  void a_retrieval_takes_lists_of_uids_and_no_wild_cards() throws Exception {
    Dataset list =
        Dataset.builder()
            .string(Tag.PatientID, "P1")
            .string(Tag.StudyInstanceUID, "1.2.3", "1.2.4")
            .build();
    Dataset wild = Dataset.builder().string(Tag.PatientID, "P*").build();

    assertThat(PATIENT_ROOT.uniqueKeys(QueryRetrieveLevel.STUDY, list, false))
        .isEqualTo(Map.of(Tag.PatientID, "P1", Tag.StudyInstanceUID, "1.2.3\\1.2.4"));
    assertThatThrownBy(() -> PATIENT_ROOT.uniqueKeys(QueryRetrieveLevel.PATIENT, wild, true))
        .isInstanceOf(DimseException.class);
    assertThatThrownBy(() -> PATIENT_ROOT.uniqueKeys(QueryRetrieveLevel.SERIES, list, true))
        .as("the key of the level itself is missing")
        .isInstanceOf(DimseException.class);
  }

  @Test
  void extended_negotiation_accepts_what_was_proposed_and_is_supported() {
    assertThat(Negotiated.answer(ByteBuffer.wrap(new byte[] {1, 0, 1, 1, 1})))
        .isEqualTo(ByteBuffer.wrap(new byte[] {1, 0, 1, 1, 0}));
    assertThat(Negotiated.answer(ByteBuffer.wrap(new byte[] {1})))
        .isEqualTo(ByteBuffer.wrap(new byte[] {1}));
  }
}
