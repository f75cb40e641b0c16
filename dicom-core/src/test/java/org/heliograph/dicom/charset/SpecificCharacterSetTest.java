package org.heliograph.dicom.charset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecificCharacterSetTest {
  @ParameterizedTest
  @CsvSource({
    "ISO_IR 100, Äneas^Straße",
    "ISO_IR 101, Łódź^Żółć",
    "ISO_IR 109, Ġorġ^Ħal",
    "ISO_IR 110, Jānis^Bērziņš",
    "ISO_IR 144, Люкceмбypг",
    "ISO_IR 127, قباني^لنزار",
    "ISO_IR 126, Διονυσιος",
    "ISO_IR 138, שרון^דבורה",
    "ISO_IR 148, Çavuşoğlu^İpek",
    "ISO_IR 203, Œuvre^€",
    "ISO_IR 166, สมชาย^ใจดี",
    "ISO_IR 13, ﾔﾏﾀﾞ^ﾀﾛｳ",
    "ISO_IR 192, Wang^XiaoDong=王^小東",
    "GB18030, Wang^XiaoDong=王^小东",
    "GBK, Wang^XiaoDong=王^小东",
    "ISO 2022 IR 100\\ISO 2022 IR 144, Äneas^Люкceмбypг",
    "\\ISO 2022 IR 87, Yamada^Tarou=山田^太郎=やまだ^たろう",
    "ISO 2022 IR 13\\ISO 2022 IR 87, ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう",
    "\\ISO 2022 IR 149, Hong^Gildong=洪^吉洞=홍^길동",
    "\\ISO 2022 IR 58, Zhang^XiaoDong=张^小东=",
    "\\ISO 2022 IR 87\\ISO 2022 IR 159, 山田^丂"
  })
  void decodes_what_it_encoded(String terms, String text) {
    SpecificCharacterSet set = SpecificCharacterSet.of(List.of(terms.split("\\\\", -1)));

    byte[] bytes = set.encode(text, Delimiters.PERSON_NAME);

    assertThat(set.isKnown()).isTrue();
    assertThat(set.canEncode(text)).isTrue();
    assertThat(set.decode(bytes, 0, bytes.length, Delimiters.PERSON_NAME)).isEqualTo(text);
  }

  @Test
  void encodes_the_names_of_the_standard_as_printed_there() {
    // PS3.5 Annex H.3.1 and I.2.
    SpecificCharacterSet japanese = SpecificCharacterSet.of(List.of("", "ISO 2022 IR 87"));
    SpecificCharacterSet korean = SpecificCharacterSet.of(List.of("", "ISO 2022 IR 149"));

    assertThat(hex(japanese.encode("Yamada^Tarou=山田^太郎", Delimiters.PERSON_NAME)))
        .isEqualTo("59616d6164615e5461726f753d1b24423b3345441b28425e1b244242404f3a1b2842");
    assertThat(hex(korean.encode("Hong^Gildong=洪^吉洞", Delimiters.PERSON_NAME)))
        .isEqualTo("486f6e675e47696c646f6e673d1b242943fbf35e1b242943d1ced4d7");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void does_not_split_two_byte_characters_at_a_backslash_byte() {
    // 5C is the second byte of many GBK characters.
    SpecificCharacterSet gbk = SpecificCharacterSet.of(List.of("GBK"));
    byte[] bytes = gbk.encode("乗\\俓", Delimiters.VALUE);
    assertThat(gbk.decode(bytes)).isEqualTo("乗\\俓");
  }

  @Test
  void falls_back_to_the_first_set_at_delimiters() {
    SpecificCharacterSet set =
        SpecificCharacterSet.of(List.of("ISO 2022 IR 100", "ISO 2022 IR 144"));
    byte[] bytes = HexFormat.of().parseHex("1b2d4cbb5cc4");

    assertThat(set.decode(bytes)).isEqualTo("Л\\Ä");
  }

  @Test
  void says_which_text_does_not_fit() {
    assertThat(SpecificCharacterSet.LATIN1.canEncode("山田")).isFalse();
    assertThat(SpecificCharacterSet.DEFAULT.canEncode("Ä")).isFalse();
    assertThat(SpecificCharacterSet.of(List.of("ISO_IR 999")).isKnown()).isFalse();
  }
}
