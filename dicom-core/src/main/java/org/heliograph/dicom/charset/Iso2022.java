package org.heliograph.dicom.charset;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Code extension techniques of ISO 2022 as PS3.5 6.1.2.4 and 6.1.2.5 restrict them. */
final class Iso2022 {
  static final byte ESC = 0x1B;
  static final Iso2022 NONE = new Iso2022(List.of());
  private static final char REPLACEMENT = '\uFFFD';

  private final CodedSet initialLower;
  private final @Nullable CodedSet initialUpper;
  private final @Nullable CodedSet assumedUpper;
  private final List<CodedSet> sets;

  Iso2022(List<CodedSet> declared) {
    CodedSet first = declared.isEmpty() ? CodedSet.ASCII : declared.getFirst();
    boolean japanese = first.number() == 13 || first.number() == 14;
    this.initialLower = japanese ? CodedSet.JIS_ROMAN : CodedSet.ASCII;
    this.initialUpper = first.upper() && first.bytesPerCharacter() == 1 ? first : null;
    // 58 and 149 may not be the first value; those who put them there write no escape either.
    this.assumedUpper = first.upper() ? first : null;
    List<CodedSet> all = new ArrayList<>();
    all.add(initialLower);
    declared.stream().filter(s -> !all.contains(s)).forEach(all::add);
    if (japanese && !all.contains(CodedSet.ASCII)) {
      all.add(CodedSet.ASCII);
    }
    this.sets = List.copyOf(all);
  }

  String decode(byte[] bytes, int offset, int length, Delimiters delimiters) {
    StringBuilder out = new StringBuilder(length);
    CodedSet lower = initialLower;
    CodedSet upper = assumedUpper;
    int end = offset + length;
    int i = offset;
    while (i < end) {
      int b = bytes[i] & 0xFF;
      if (b == ESC) {
        int sequenceEnd = escapeEnd(bytes, i + 1, end);
        String escape = new String(bytes, i + 1, sequenceEnd - i - 1, StandardCharsets.ISO_8859_1);
        CodedSet set = CodedSet.byEscape(escape);
        if (set == null) {
          out.append(REPLACEMENT);
        } else if (set.upper()) {
          upper = set;
        } else {
          lower = set;
        }
        i = sequenceEnd;
      } else if (b <= 0x20 || (lower.bytesPerCharacter() == 1 && delimiters.contains(b))) {
        out.append((char) b);
        if (delimiters.contains(b)) {
          lower = initialLower;
          upper = assumedUpper;
        }
        i++;
      } else {
        boolean high = b >= 0x80;
        int runEnd =
            runEnd(bytes, i, end, high, high || lower.bytesPerCharacter() == 2 ? null : delimiters);
        append(out, bytes, i, runEnd, high ? upper : lower);
        i = runEnd;
      }
    }
    return out.toString();
  }

  private static int escapeEnd(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] >= 0x20 && bytes[i] <= 0x2F) {
      i++;
    }
    return Math.min(end, i + 1);
  }

  private static int runEnd(
      byte[] bytes, int from, int end, boolean high, @Nullable Delimiters delimiters) {
    int i = from;
    while (i < end) {
      int b = bytes[i] & 0xFF;
      if (b >= 0x80 != high || b <= 0x20 || (delimiters != null && delimiters.contains(b))) {
        return i;
      }
      i++;
    }
    return i;
  }

  private static void append(
      StringBuilder out, byte[] bytes, int from, int to, @Nullable CodedSet set) {
    if (set == null) {
      // High bytes without a set in G1 are an error of the sender.
      out.repeat(REPLACEMENT, to - from);
    } else if (set.bytesPerCharacter() == 1) {
      String text = new String(bytes, from, to - from, set.charset());
      // 5C is the delimiter in JIS roman as well, though it prints as a yen sign.
      out.append(
          set.equals(CodedSet.JIS_ROMAN)
              ? text.replace('\u00A5', '\\').replace('\u203E', '~')
              : text);
    } else {
      ByteArrayOutputStream pairs = new ByteArrayOutputStream(to - from);
      for (int i = from; i < to; i++) {
        if (set.prefix() != 0 && ((i - from) & 1) == 0) {
          pairs.write(set.prefix());
        }
        pairs.write(bytes[i] | 0x80);
      }
      out.append(pairs.toString(set.charset()));
    }
  }

  boolean canEncode(String text) {
    return text.codePoints().allMatch(c -> c < 0x80 || find(c) != null);
  }

  byte[] encode(String text, Delimiters delimiters) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
    CodedSet lower = initialLower;
    CodedSet upper = initialUpper;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0x80) {
        if (!lower.equals(initialLower)) {
          lower = designate(out, initialLower);
        }
        if (delimiters.contains(c)) {
          upper = initialUpper;
        }
        out.write(c);
        continue;
      }
      CodedSet set = find(c);
      if (set == null) {
        if (!lower.equals(initialLower)) {
          lower = designate(out, initialLower);
        }
        out.write('?');
      } else {
        if (set.upper() && !set.equals(upper)) {
          upper = designate(out, set);
        } else if (!set.upper() && !set.equals(lower)) {
          lower = designate(out, set);
        }
        out.writeBytes(encoded(c, set));
      }
    }
    if (!lower.equals(initialLower)) {
      designate(out, initialLower);
    }
    return out.toByteArray();
  }

  private static CodedSet designate(ByteArrayOutputStream out, CodedSet set) {
    out.write(ESC);
    out.writeBytes(set.escape().getBytes(StandardCharsets.ISO_8859_1));
    return set;
  }

  private @Nullable CodedSet find(int c) {
    for (CodedSet set : sets) {
      if (!set.equals(CodedSet.ASCII) && encoded(c, set).length > 0) {
        return set;
      }
    }
    return null;
  }

  /** The character's bytes in the set, empty when it is not of the set. */
  private static byte[] encoded(int c, CodedSet set) {
    String text = Character.toString(c);
    if (!set.charset().newEncoder().canEncode(text)) {
      return new byte[0];
    }
    byte[] raw = text.getBytes(set.charset());
    int prefixLength = set.prefix() == 0 ? 0 : 1;
    boolean prefixed = raw.length == 3 && (raw[0] & 0xFF) == 0x8F;
    boolean fits =
        raw.length == set.bytesPerCharacter() + prefixLength
            && prefixed == (prefixLength == 1)
            && (raw[0] & 0xFF) != 0x8E
            // In JIS roman a yen sign would come out as the delimiter 5C: only G1 has more than
            // ASCII.
            && (set.bytesPerCharacter() == 2 || (set.upper() && raw[0] < 0));
    if (!fits) {
      return new byte[0];
    }
    byte[] out = new byte[set.bytesPerCharacter()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (set.upper() ? raw[i + prefixLength] | 0x80 : raw[i + prefixLength] & 0x7F);
    }
    return out;
  }
}
