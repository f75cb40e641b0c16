package org.heliograph.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {
  @Test
  void finds_attributes_by_tag_and_keyword_with_repeating_groups() {
    assertThat(Dictionary.byKeyword("PatientName").orElseThrow().tag()).isEqualTo(Tag.PatientName);
    assertThat(Dictionary.lookup(0x60023000).orElseThrow().keyword()).isEqualTo("OverlayData");
    assertThat(Dictionary.lookup(0x00203137).orElseThrow().keyword()).isEqualTo("SourceImageIDs");
    assertThat(Dictionary.lookup(Tag.PixelData).orElseThrow().vr()).isEqualTo(Vr.OW);
    assertThat(Dictionary.vrOf(0x00090010)).isEqualTo(Vr.LO);
    assertThat(Dictionary.vrOf(0x00091010)).isEqualTo(Vr.UN);
    assertThat(Dictionary.vrOf(Tag.CommandField)).isEqualTo(Vr.US);
  }

  @Test
  void knows_the_storage_classes_and_transfer_syntaxes() {
    assertThat(Uids.isStorageSopClass(Uids.SecondaryCaptureImageStorage)).isTrue();
    assertThat(Uids.isStorageSopClass(Uids.VerificationSopClass)).isFalse();
    assertThat(Uids.storageSopClasses())
        .hasSizeGreaterThan(180)
        .doesNotContain("1.2.840.10008.1.3.10");
    assertThat(Uids.transferSyntaxes()).contains(Uids.Htj2kLossless, Uids.RleLossless);
    assertThat(Uids.nameOf(Uids.VlPhotographicImageStorage))
        .isEqualTo("VL Photographic Image Storage");
  }

  @Test
  void gives_values_by_type() {
    Dataset dataset =
        Dataset.builder()
            .string(Tag.PatientName, "Müller^Änne")
            .date(Tag.PatientBirthDate, LocalDate.of(1960, 2, 29))
            .integer(Tag.Rows, 2500)
            .decimal(Tag.PixelSpacing, 0.139, 1.0 / 3)
            .string(Tag.ImageType, "ORIGINAL", "PRIMARY")
            .integer(Tag.NumberOfFrames, 12)
            .empty(Tag.AccessionNumber)
            .sequence(
                Tag.ReferencedStudySequence, Dataset.builder().string(Tag.PatientID, "x").build())
            .build();

    assertThat(dataset.string(Tag.SpecificCharacterSet)).contains("ISO_IR 192");
    assertThat(dataset.personName(Tag.PatientName).orElseThrow().display())
        .isEqualTo("Änne Müller");
    assertThat(dataset.date(Tag.PatientBirthDate)).contains(LocalDate.of(1960, 2, 29));
    assertThat(dataset.integer(Tag.Rows)).hasValue(2500);
    assertThat(dataset.decimals(Tag.PixelSpacing)[0]).isEqualTo(0.139);
    assertThat(dataset.strings(Tag.PixelSpacing).get(1)).hasSizeLessThanOrEqualTo(16);
    assertThat(dataset.strings(Tag.ImageType)).containsExactly("ORIGINAL", "PRIMARY");
    assertThat(dataset.integer(Tag.NumberOfFrames, 1)).isEqualTo(12);
    assertThat(dataset.contains(Tag.AccessionNumber)).isTrue();
    assertThat(dataset.string(Tag.AccessionNumber)).isEmpty();
    assertThat(dataset.item(Tag.ReferencedStudySequence).orElseThrow().string(Tag.PatientID))
        .contains("x");
  }

  @Test
  void keeps_the_given_character_set_while_it_holds_the_text() {
    Dataset latin =
        Dataset.builder()
            .string(Tag.SpecificCharacterSet, "ISO_IR 100")
            .string(Tag.PatientName, "Müller")
            .build();
    Dataset chinese =
        latin.with(
            Dataset.builder()
                .string(Tag.StudyDescription, "胸部")
                .build()
                .get(Tag.StudyDescription)
                .orElseThrow());

    assertThat(latin.bytes(Tag.PatientName))
        .isEqualTo("Müller".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(chinese.string(Tag.SpecificCharacterSet)).contains("ISO_IR 192");
    assertThat(chinese.string(Tag.PatientName)).contains("Müller");
    assertThat(chinese.string(Tag.StudyDescription)).contains("胸部");
  }

  @Test
  void items_follow_the_character_set_of_their_data_set() {
    Dataset item = Dataset.builder().string(Tag.CodeMeaning, "Schädel").build();
    Dataset dataset =
        Dataset.builder()
            .string(Tag.SpecificCharacterSet, "ISO_IR 100")
            .sequence(Tag.AnatomicRegionSequence, item)
            .build();

    Dataset inside = dataset.item(Tag.AnatomicRegionSequence).orElseThrow();
    assertThat(inside.contains(Tag.SpecificCharacterSet)).isFalse();
    assertThat(inside.bytes(Tag.CodeMeaning))
        .isEqualTo("Schädel ".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(
            Dataset.builder()
                .sequence(Tag.AnatomicRegionSequence, item)
                .build()
                .string(Tag.SpecificCharacterSet))
        .contains("ISO_IR 192");
  }

  @Test
  void refuses_values_that_their_vr_cannot_hold() {
    assertThatThrownBy(() -> Dataset.builder().integer(Tag.Rows, 70000))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Dataset.builder().string(Tag.PatientID, "a\\b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Dataset.builder().string(Tag.Modality, "Ä"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void malformed_values_are_absent_rather_than_wrong() {
    Dataset dataset =
        Dataset.builder()
            .text(Tag.PatientBirthDate, Vr.DA, "20261399")
            .text(Tag.InstanceNumber, Vr.IS, "1x")
            .text(Tag.SliceThickness, Vr.DS, "0x1p3")
            .build();

    assertThat(dataset.date(Tag.PatientBirthDate)).isEmpty();
    assertThat(dataset.integer(Tag.InstanceNumber)).isEmpty();
    assertThat(dataset.decimal(Tag.SliceThickness)).isEmpty();
    assertThat(dataset.string(Tag.InstanceNumber)).contains("1x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "0.1", "1.2.840.10008.1.1", "2.25.329800735698586629295641978511506172918"})
  void accepts_uids(String uid) {
    assertThat(Uid.isValid(uid)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1.",
        "1..2",
        "01.2",
        "1.02",
        "1.a",
        "../etc/passwd",
        "1.2 ",
        "1.2.3.4.5.6.7.8.9.0.1.2.3.4.5.6.7.8.9.0.1.2.3.4.5.6.7.8.9.0.1.2.3"
      })
  void refuses_what_is_no_uid(String uid) {
    assertThat(Uid.isValid(uid)).isFalse();
  }

  @Test
  void makes_uids_of_uuids() {
    assertThat(Uid.create().value()).startsWith("2.25.").hasSizeLessThanOrEqualTo(44);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1,0.1",
    "-123456789.123456789,-123456789.12346",
    "1e-300,1E-300",
    "1e22,1E+22",
    "0.30000000000000004,0.3"
  })
  void writes_decimal_strings_of_at_most_16_characters(double value, String expected) {
    assertThat(DecimalText.of(value)).isEqualTo(expected).hasSizeLessThanOrEqualTo(16);
  }

  @Test
  void trims_ae_titles_and_refuses_bad_ones() {
    assertThat(new AeTitle(" HELIOGRAPH ").value()).isEqualTo("HELIOGRAPH");
    for (String bad : List.of("", "    ", "12345678901234567", "A\\B", "A\nB")) {
      assertThatThrownBy(() -> new AeTitle(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void parses_person_names_of_three_groups() {
    PersonName name = PersonName.parse("Yamada^Tarou=山田^太郎=やまだ^たろう");
    assertThat(name.ideographic().familyName()).isEqualTo("山田");
    assertThat(name.value()).isEqualTo("Yamada^Tarou=山田^太郎=やまだ^たろう");
    assertThat(PersonName.parse("A^B^^Dr.^MD").display()).isEqualTo("Dr. B A MD");
  }
}
