package org.heliograph.dicom.charset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a set can write it reads back, whatever scripts and delimiters follow each other. */
class CharacterSetPropertyTest {
  private static final long SEED = Long.getLong("dicom.seed", 20260101L);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ISO_IR 6",
        "ISO_IR 13",
        "ISO_IR 14",
        "ISO_IR 100",
        "ISO_IR 101",
        "ISO_IR 109",
        "ISO_IR 110",
        "ISO_IR 126",
        "ISO_IR 127",
        "ISO_IR 138",
        "ISO_IR 144",
        "ISO_IR 148",
        "ISO_IR 166",
        "ISO_IR 203",
        "ISO_IR 192",
        "GB18030",
        "GBK",
        "ISO 2022 IR 6\\ISO 2022 IR 58",
        "\\ISO 2022 IR 87",
        "\\ISO 2022 IR 149",
        "\\ISO 2022 IR 159",
        "ISO 2022 IR 13\\ISO 2022 IR 87\\ISO 2022 IR 159",
        "ISO 2022 IR 100\\ISO 2022 IR 101\\ISO 2022 IR 109\\ISO 2022 IR 110\\ISO 2022 IR 144",
        "ISO 2022 IR 127\\ISO 2022 IR 126\\ISO 2022 IR 138\\ISO 2022 IR 148\\ISO 2022 IR 203",
        "\\ISO 2022 IR 166\\ISO 2022 IR 87\\ISO 2022 IR 149\\ISO 2022 IR 58"
      })
  void decodes_what_it_encoded(String terms) {
    SpecificCharacterSet set = SpecificCharacterSet.of(List.of(terms.split("\\\\", -1)));
    int[] repertoire =
        new Random(SEED)
            .ints(6000, 0xA0, 0x10000)
            .filter(c -> !Character.isSurrogate((char) c) && Character.isDefined(c))
            .filter(c -> set.canEncode(Character.toString(c)))
            .toArray();

    assertThat(set.isKnown()).isTrue();
    for (long seed = SEED; seed < SEED + 200; seed++) {
      Random random = new Random(seed);
      Delimiters delimiters =
          List.of(Delimiters.PARAGRAPH, Delimiters.VALUE, Delimiters.PERSON_NAME)
              .get(random.nextInt(3));
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(24); n > 0; n--) {
        boolean plain = repertoire.length == 0 || random.nextInt(3) == 0;
        text.appendCodePoint(
            plain
                ? "aZ09 ~^=\\\t\r\n".charAt(random.nextInt(12))
                : repertoire[random.nextInt(repertoire.length)]);
      }

      byte[] bytes = set.encode(text.toString(), delimiters);

      assertThat(set.decode(bytes, 0, bytes.length, delimiters))
          .as("seed " + seed + " " + delimiters)
          .isEqualTo(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO_IR 192", "GB18030", "\\ISO 2022 IR 87", "ISO 2022 IR 13"})
  void reads_any_bytes(String terms) {
    SpecificCharacterSet set = SpecificCharacterSet.of(List.of(terms.split("\\\\", -1)));
    for (long seed = SEED; seed < SEED + 2000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 3) {
        bytes[random.nextInt(bytes.length)] = 0x1B;
      }
      assertThat(set.decode(bytes, 0, bytes.length, Delimiters.PERSON_NAME).length())
          .as("seed " + seed)
          .isLessThanOrEqualTo(bytes.length * 2);
    }
  }
}
