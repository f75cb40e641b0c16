package org.heliograph.dicom.charset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names and texts that PS3.5 Annexes H to K print with their bytes. */
class StandardExamplesTest {
  private static SpecificCharacterSet set(String terms) {
    return SpecificCharacterSet.of(List.of(terms.split("\\\\", -1)));
  }

  @ParameterizedTest
  @CsvSource({
    // H.3.1: ASCII with JIS X 0208.
    "\\ISO 2022 IR 87, Yamada^Tarou=山田^太郎=やまだ^たろう,"
        + "59616d6164615e5461726f753d1b24423b3345441b28425e1b244242404f3a1b28423d"
        + "1b24422464245e24401b28425e1b2442243f246d24261b2842",
    // H.3.2: half-width katakana with JIS X 0208.
    "ISO 2022 IR 13\\ISO 2022 IR 87, ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう,"
        + "d4cfc0de5ec0dbb33d1b24423b3345441b284a5e1b244242404f3a1b284a3d"
        + "1b24422464245e24401b284a5e1b2442243f246d24261b284a",
    // I.2: ASCII with KS X 1001.
    "\\ISO 2022 IR 149, Hong^Gildong=洪^吉洞=홍^길동,"
        + "486f6e675e47696c646f6e673d1b242943fbf35e1b242943d1ced4d73d1b242943c8ab"
        + "5e1b242943b1e6b5bf",
    // J.1 and J.3: Unicode and GB18030.
    "ISO_IR 192, Wang^XiaoDong=王^小東=, 57616e675e5869616f446f6e673de78e8b5ee5b08fe69db13d",
    "GB18030, Wang^XiaoDong=王^小东=, 57616e675e5869616f446f6e673dcdf55ed0a1b6ab3d",
    // K.2: ASCII with GB 2312.
    "\\ISO 2022 IR 58, Zhang^XiaoDong=张^小东=,"
        + "5a68616e675e5869616f446f6e673d1b242941d5c55e1b242941d0a1b6ab3d"
  })
  void names_are_read_and_written_as_printed(String terms, String name, String hex) {
    SpecificCharacterSet set = set(terms);
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(set.decode(bytes, 0, bytes.length, Delimiters.PERSON_NAME)).isEqualTo(name);
    assertThat(HexFormat.of().formatHex(set.encode(name, Delimiters.PERSON_NAME))).isEqualTo(hex);
  }

  @Test
  void long_text_designates_anew_on_each_line() {
    // I.3: the escape stands before the ASCII of its line.
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                "1b242943546865203173742020b1e6b5bf2e0d0a"
                    + "1b242943546865203264642020b1e6b5bf2c20746f6f2e0d0a546865203372642e");

    assertThat(set("\\ISO 2022 IR 149").decode(bytes, 0, bytes.length, Delimiters.PARAGRAPH))
        .isEqualTo("The 1st  길동.\r\nThe 2dd  길동, too.\r\nThe 3rd.");
  }

  @ParameterizedTest
  @CsvSource({
    // Each script in G1 of the first value, and switched to by its escape.
    "101, 2d42, b3f3, łó",
    "109, 2d43, d5, Ġ",
    "110, 2d44, e0, ā",
    "144, 2d4c, bbee, Лю",
    "127, 2d47, e2c8, قب",
    "126, 2d46, c4e9, Δι",
    "138, 2d48, f9f8, שר",
    "148, 2d4d, dd, İ",
    "203, 2d62, bca4, Œ€",
    "166, 2d54, cac1, สม",
    "13, 2949, d4cf, ﾔﾏ"
  })
  void a_script_is_reached_by_its_escape_and_left_at_delimiters(
      String number, String escape, String hex, String text) {
    SpecificCharacterSet set = set("ISO 2022 IR 100\\ISO 2022 IR " + number);
    byte[] bytes = HexFormat.of().parseHex("c4" + "1b" + escape + hex + "5ec4" + "5c" + "c4");

    assertThat(set.decode(bytes, 0, bytes.length, Delimiters.PERSON_NAME))
        .isEqualTo("Ä" + text + "^Ä\\Ä");
    byte[] tab = HexFormat.of().parseHex("1b" + escape + hex + "09c4");
    assertThat(set.decode(tab, 0, tab.length, Delimiters.PARAGRAPH)).isEqualTo(text + "\tÄ");
  }

  @Test
  void a_caret_ends_a_script_in_names_only_and_a_backslash_not_in_paragraphs() {
    SpecificCharacterSet set = set("ISO 2022 IR 100\\ISO 2022 IR 144");
    byte[] bytes = HexFormat.of().parseHex("1b2d4cbb5ebb5cbb");

    assertThat(set.decode(bytes, 0, 8, Delimiters.VALUE)).isEqualTo("Л^Л\\»");
    assertThat(set.decode(bytes, 0, 8, Delimiters.PARAGRAPH)).isEqualTo("Л^Л\\Л");
    assertThat(set.decode(bytes, 0, 8, Delimiters.PERSON_NAME)).isEqualTo("Л^»\\»");
  }

  @Test
  void supplementary_kanji_are_written_with_their_own_escape() {
    SpecificCharacterSet set = set("\\ISO 2022 IR 87\\ISO 2022 IR 159");
    assertThat(HexFormat.of().formatHex(set.encode("山丂", Delimiters.VALUE)))
        .isEqualTo("1b24423b331b2428443021" + "1b2842");
  }

  @Test
  void a_multi_byte_set_in_the_first_place_is_read_without_escapes() {
    byte[] bytes = HexFormat.of().parseHex("c8ab5eb1e6b5bf");
    assertThat(set("ISO 2022 IR 149").decode(bytes, 0, bytes.length, Delimiters.PERSON_NAME))
        .isEqualTo("홍^길동");
  }

  @Test
  void a_yen_sign_never_becomes_a_delimiter() {
    for (String terms : List.of("ISO_IR 13", "ISO_IR 14", "ISO 2022 IR 13\\ISO 2022 IR 87")) {
      assertThat(set(terms).canEncode("¥100")).as(terms).isFalse();
      assertThat(set(terms).encode("¥", Delimiters.VALUE)).as(terms).doesNotContain(0x5C);
    }
  }
}
