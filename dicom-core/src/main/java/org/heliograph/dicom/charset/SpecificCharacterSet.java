package org.heliograph.dicom.charset;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The character repertoire of a data set's text, by the values of Specific Character Set
 * (0008,0005), with ISO 2022 code extensions (PS3.3 C.12.1.1.2, PS3.5 6.1). Immutable.
 *
 * <p>Decoding never fails: bytes that mean nothing become U+FFFD. Bytes above 7F in the default
 * repertoire, which the standard forbids, are read as Latin-1.
 */
public final class SpecificCharacterSet {
  /** No Specific Character Set: ISO-IR 6. */
  public static final SpecificCharacterSet DEFAULT = of(List.of());

  /** Latin alphabet No. 1: ISO-IR 100. */
  public static final SpecificCharacterSet LATIN1 = of(List.of("ISO_IR 100"));

  /** Unicode in UTF-8: ISO_IR 192. */
  public static final SpecificCharacterSet UTF_8 = of(List.of("ISO_IR 192"));

  private final List<String> terms;
  private final boolean known;
  private final @Nullable Charset single;
  private final Iso2022 extensions;

  private SpecificCharacterSet(
      List<String> terms, boolean known, @Nullable Charset single, Iso2022 extensions) {
    this.terms = terms;
    this.known = known;
    this.single = single;
    this.extensions = extensions;
  }

  /** From the values of (0008,0005); none or an empty first value mean the default repertoire. */
  public static SpecificCharacterSet of(List<String> values) {
    List<String> terms = values.stream().map(SpecificCharacterSet::normalize).toList();
    if (terms.size() <= 1) {
      Charset whole = wholeCharset(terms.isEmpty() ? "" : terms.getFirst());
      if (whole != null) {
        return new SpecificCharacterSet(terms, true, whole, Iso2022.NONE);
      }
    }
    boolean known = true;
    List<CodedSet> sets = new ArrayList<>();
    for (String term : terms) {
      CodedSet set = term.isEmpty() ? CodedSet.ASCII : CodedSet.byNumber(isoNumber(term));
      known &= set != null;
      sets.add(set == null ? CodedSet.ASCII : set);
    }
    // UTF-8, GB18030 and GBK do not allow code extensions: the first value alone counts.
    Charset whole = terms.isEmpty() ? null : multiByte(terms.getFirst());
    return new SpecificCharacterSet(terms, known || whole != null, whole, new Iso2022(sets));
  }

  private static String normalize(String term) {
    return term.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace("ISO IR", "ISO_IR");
  }

  private static @Nullable Charset multiByte(String term) {
    return switch (term) {
      case "ISO_IR 192", "UTF8", "UTF_8" -> StandardCharsets.UTF_8;
      case "GB18030" -> Charset.forName("GB18030");
      case "GBK" -> Charset.forName("GBK");
      default -> null;
    };
  }

  private static @Nullable Charset wholeCharset(String term) {
    if (term.isEmpty() || term.equals("ISO_IR 6") || term.equals("ISO 2022 IR 6")) {
      return StandardCharsets.US_ASCII;
    }
    CodedSet set = term.startsWith("ISO_IR ") ? CodedSet.byNumber(isoNumber(term)) : null;
    boolean plain = set != null && set.upper() && set.bytesPerCharacter() == 1;
    return set != null && plain && set.number() != 13 ? set.charset() : multiByte(term);
  }

  private static int isoNumber(String term) {
    int at = term.lastIndexOf(' ');
    try {
      return Integer.parseInt(term.substring(at + 1));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The defined terms, as given but for case and spaces. */
  public List<String> terms() {
    return terms;
  }

  /** Whether every term is one of the standard's. */
  public boolean isKnown() {
    return known;
  }

  /** Decodes a whole value field of several values, such as LO. */
  public String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length, Delimiters.VALUE);
  }

  /** Decodes a whole value field, in which delimiters reset code extensions. */
  public String decode(byte[] bytes, int offset, int length, Delimiters delimiters) {
    if (single != null && !single.equals(StandardCharsets.US_ASCII)) {
      return new String(bytes, offset, length, single);
    }
    if (isAscii(bytes, offset, length)) {
      return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }
    return single != null
        ? new String(bytes, offset, length, StandardCharsets.ISO_8859_1)
        : extensions.decode(bytes, offset, length, delimiters);
  }

  /** Whether all of the text can be written in this set. */
  public boolean canEncode(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return true;
    }
    return single != null ? single.newEncoder().canEncode(text) : extensions.canEncode(text);
  }

  /** The bytes of a whole value field without padding; {@code ?} for what the set lacks. */
  public byte[] encode(String text, Delimiters delimiters) {
    if (single == null) {
      return extensions.encode(text, delimiters);
    }
    try {
      ByteBuffer out =
          single
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPLACE)
              .onUnmappableCharacter(CodingErrorAction.REPLACE)
              .encode(java.nio.CharBuffer.wrap(text));
      byte[] bytes = new byte[out.remaining()];
      out.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("a replacing encoder does not fail", e);
    }
  }

  /** Whether bytes mean the same in every set: no high bit, no escape. */
  public static boolean isAscii(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] < 0 || bytes[i] == Iso2022.ESC) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof SpecificCharacterSet other && terms.equals(other.terms);
  }

  @Override
  public int hashCode() {
    return Objects.hash(terms);
  }

  @Override
  public String toString() {
    return terms.toString();
  }
}
