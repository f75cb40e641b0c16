package org.heliograph.dicom.charset;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One coded character set of PS3.3 Tables C.12-2 to C.12-5.
 *
 * @param number the ISO-IR number, or -1 for one without code extension
 * @param escape what follows ESC to designate the set, empty where it cannot be designated
 * @param bytesPerCharacter 1 or 2; 0 for a multi-byte encoding of its own (UTF-8, GB18030, GBK)
 * @param upper in G1 (bytes 80 and above) rather than G0
 * @param prefix the byte that the JDK charset wants before each pair (JIS X 0212 in EUC-JP), or 0
 */
record CodedSet(
    int number, String escape, int bytesPerCharacter, boolean upper, Charset charset, int prefix) {
  static final CodedSet ASCII = set(6, "(B", 1, false, "US-ASCII", 0);
  static final CodedSet JIS_ROMAN = set(14, "(J", 1, false, "JIS_X0201", 0);

  private static final List<CodedSet> EXTENSIONS =
      List.of(
          ASCII,
          JIS_ROMAN,
          set(100, "-A", 1, true, "ISO-8859-1", 0),
          set(101, "-B", 1, true, "ISO-8859-2", 0),
          set(109, "-C", 1, true, "ISO-8859-3", 0),
          set(110, "-D", 1, true, "ISO-8859-4", 0),
          set(144, "-L", 1, true, "ISO-8859-5", 0),
          set(127, "-G", 1, true, "ISO-8859-6", 0),
          set(126, "-F", 1, true, "ISO-8859-7", 0),
          set(138, "-H", 1, true, "ISO-8859-8", 0),
          set(148, "-M", 1, true, "ISO-8859-9", 0),
          set(203, "-b", 1, true, "ISO-8859-15", 0),
          set(166, "-T", 1, true, "TIS-620", 0),
          set(13, ")I", 1, true, "JIS_X0201", 0),
          set(87, "$B", 2, false, "EUC-JP", 0),
          set(159, "$(D", 2, false, "EUC-JP", 0x8F),
          set(149, "$)C", 2, true, "EUC-KR", 0),
          set(58, "$)A", 2, true, "GB2312", 0));

  private static final Map<String, CodedSet> BY_ESCAPE = new HashMap<>();
  private static final Map<Integer, CodedSet> BY_NUMBER = new HashMap<>();

  static {
    for (CodedSet s : EXTENSIONS) {
      BY_ESCAPE.put(s.escape, s);
      BY_NUMBER.put(s.number, s);
    }
  }

  private static CodedSet set(
      int number, String escape, int bytes, boolean upper, String charset, int prefix) {
    return new CodedSet(number, escape, bytes, upper, Charset.forName(charset), prefix);
  }

  static @Nullable CodedSet byEscape(String escape) {
    return BY_ESCAPE.get(escape);
  }

  static @Nullable CodedSet byNumber(int number) {
    return BY_NUMBER.get(number);
  }
}
