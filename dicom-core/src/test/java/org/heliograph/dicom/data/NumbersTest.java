package org.heliograph.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  private static final int PRIVATE = 0x00111001;

  @Test
  void keeps_the_digits_of_decimal_strings() {
    Dataset dataset = Dataset.builder().string(Tag.PixelSpacing, "0.100", "-1.5e-3").build();

    assertThat(dataset.exactDecimals(Tag.PixelSpacing))
        .containsExactly(new BigDecimal("0.100"), new BigDecimal("-0.0015"));
    assertThat(
            Dataset.builder()
                .decimal(Tag.PixelSpacing, new BigDecimal("0.100"))
                .build()
                .string(Tag.PixelSpacing))
        .contains("0.100");
  }

  @ParameterizedTest
  @CsvSource({
    "12345678901234567, 1.2345678901E+16",
    "0.12345678901234567, 0.12345678901235",
    "-0.12345678901234567, -0.1234567890123",
    "123456789.123456789, 123456789.123457",
    "1E+20, 1E+20",
    "1E-20, 1E-20"
  })
  void rounds_decimal_strings_to_16_characters(BigDecimal value, String expected) {
    assertThat(DecimalText.of(value)).isEqualTo(expected).hasSizeLessThanOrEqualTo(16);
  }

  @Test
  void every_double_fits_a_decimal_string_and_comes_back_close() {
    for (long seed = 1; seed <= 5000; seed++) {
      Random random = new Random(seed);
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isFinite(value)) {
        continue;
      }
      String text = DecimalText.of(value);
      assertThat(text).as("seed " + seed).hasSizeLessThanOrEqualTo(16).matches("[-+0-9.E]+");
      assertThat(Double.parseDouble(text))
          .as("seed " + seed)
          .isCloseTo(value, org.assertj.core.data.Offset.offset(Math.abs(value) * 1e-8));
    }
  }

  @Test
  void numbers_with_monstrous_exponents_are_no_exact_numbers() {
    Dataset dataset =
        Dataset.builder().string(Tag.PixelSpacing, "1e999999999", "1e99999999999").build();

    assertThat(dataset.exactDecimals(Tag.PixelSpacing)).isEmpty();
    assertThat(dataset.decimals(Tag.PixelSpacing)[0]).isInfinite();
  }

  @Test
  void holds_64_bits_with_and_without_sign() {
    Dataset dataset =
        Dataset.builder()
            .longs(PRIVATE, Vr.UV, -1L, 5)
            .longs(PRIVATE + 1, Vr.SV, Long.MIN_VALUE, Long.MAX_VALUE)
            .text(PRIVATE + 2, Vr.UV, "18446744073709551615")
            .longs(PRIVATE + 3, Vr.OV, 1, 2)
            .longs(PRIVATE + 4, Vr.OL, 0xFFFFFFFFL)
            .decimal(PRIVATE + 5, Vr.OD, 0.5, -0.25)
            .build();

    assertThat(dataset.strings(PRIVATE)).containsExactly("18446744073709551615", "5");
    assertThat(dataset.exactDecimals(PRIVATE).getFirst())
        .isEqualTo(new BigDecimal(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE)));
    assertThat(dataset.longs(PRIVATE + 1)).containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(dataset.longs(PRIVATE + 2)).containsExactly(-1L);
    assertThat(dataset.longs(PRIVATE + 3)).containsExactly(1, 2);
    assertThat(dataset.longs(PRIVATE + 4)).containsExactly(0xFFFFFFFFL);
    assertThat(dataset.decimals(PRIVATE + 5)).containsExactly(0.5, -0.25);
  }

  @Test
  void long_text_vrs_keep_spaces_and_backslashes_where_they_count() {
    Dataset dataset =
        Dataset.builder()
            .text(PRIVATE, Vr.UC, " leading", "second")
            .text(PRIVATE + 1, Vr.UT, " a\\b ")
            .text(PRIVATE + 2, Vr.UR, "https://example.org/a\\b")
            .build();

    assertThat(dataset.strings(PRIVATE)).containsExactly(" leading", "second");
    assertThat(dataset.strings(PRIVATE + 1)).containsExactly(" a\\b");
    assertThat(dataset.strings(PRIVATE + 2)).containsExactly("https://example.org/a\\b");
  }

  @Test
  void tags_are_values_of_at() {
    Dataset dataset =
        Dataset.builder().tags(Tag.FrameIncrementPointer, Tag.FrameTime, 0xFFFCFFFC).build();

    assertThat(dataset.tags(Tag.FrameIncrementPointer)).containsExactly(Tag.FrameTime, 0xFFFCFFFC);
    assertThat(dataset.strings(Tag.FrameIncrementPointer)).containsExactly("00181063", "FFFCFFFC");
  }

  @Test
  void refuses_numbers_that_do_not_fit_without_repeating_them() {
    for (Runnable refused :
        new Runnable[] {
          () -> Dataset.builder().longs(Tag.InstanceNumber, 4711000000L),
          () -> Dataset.builder().integer(Tag.Rows, 471100),
          () -> Dataset.builder().string(Tag.Rows, "4711x"),
          () -> Dataset.builder().text(PRIVATE, Vr.FD, "4711x"),
          () -> Dataset.builder().text(PRIVATE, Vr.AT, "4711x"),
          () -> Dataset.builder().decimal(Tag.PixelSpacing, Double.NaN),
          () -> Dataset.builder().decimal(Tag.Rows, new BigDecimal("4711.5")),
          () -> Dataset.builder().decimal(Tag.InstanceNumber, 4711.5),
          () -> Dataset.builder().string(Tag.Modality, "4711Ä"),
          () -> Dataset.builder().string(Tag.PatientID, "4711\\")
        }) {
      assertThatThrownBy(refused::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("4711");
    }
  }

  @Test
  void names_match_whatever_their_case() {
    PersonName name = PersonName.parse("Yamada^Tarou^^=山田^太郎");
    assertThat(name.matches(PersonName.parse("YAMADA^TAROU=山田^太郎^^^="))).isTrue();
    assertThat(name.matches(PersonName.parse("YAMADA^TAROU"))).isFalse();
  }

  @Test
  void uids_come_from_uuids_of_an_injected_source() {
    UidGenerator uids =
        UidGenerator.from(() -> UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
    // The example of PS3.5 B.2.
    assertThat(uids.next().value()).isEqualTo("2.25.329800735698586629295641978511506172918");
    assertThat(UidGenerator.RANDOM.next()).isNotEqualTo(UidGenerator.RANDOM.next());
  }
}
