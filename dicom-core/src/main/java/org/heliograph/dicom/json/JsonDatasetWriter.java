package org.heliograph.dicom.json;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.data.Vr;
import org.jspecify.annotations.Nullable;

/** Writes the DICOM JSON model as it goes. */
final class JsonDatasetWriter {
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");
  private static final long EXACT_IN_JSON = 1L << 53;
  private static final String HEX = "0123456789abcdef";

  private final Appendable out;
  private final Function<Element, @Nullable String> bulkDataUri;

  JsonDatasetWriter(Appendable out, Function<Element, @Nullable String> bulkDataUri) {
    this.out = out;
    this.bulkDataUri = bulkDataUri;
  }

  void dataset(Dataset dataset) throws IOException {
    char separator = '{';
    for (Element e : dataset) {
      if (Tags.isGroupLength(e.tag())) {
        continue;
      }
      out.append(separator).append('"').append(Tags.toHex(e.tag())).append("\":{\"vr\":\"");
      out.append(e.vr().name()).append('"');
      value(e);
      out.append('}');
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  private void value(Element e) throws IOException {
    switch (e) {
      case SequenceElement s -> sequence(s);
      case BulkElement b -> bulk(b);
      case EncapsulatedElement p -> bulk(p);
      case ValueElement v -> {
        boolean pixels = Tags.group(v.tag()) == 0x7FE0 && v.vr().isBytes();
        if (!v.isEmpty() && !(pixels && bulk(v))) {
          inline(v);
        }
      }
    }
  }

  private boolean bulk(Element e) throws IOException {
    String uri = bulkDataUri.apply(e);
    if (uri == null) {
      return false;
    }
    out.append(",\"BulkDataURI\":");
    text(uri);
    return true;
  }

  private void sequence(SequenceElement s) throws IOException {
    if (s.items().isEmpty()) {
      return;
    }
    char separator = '[';
    out.append(",\"Value\":");
    for (Dataset item : s.items()) {
      out.append(separator);
      dataset(item);
      separator = ',';
    }
    out.append(']');
  }

  private void inline(ValueElement v) throws IOException {
    if (v.vr().isBytes()) {
      ByteBuffer encoded = Base64.getEncoder().encode(v.buffer());
      out.append(",\"InlineBinary\":\"").append(StandardCharsets.ISO_8859_1.decode(encoded));
      out.append('"');
      return;
    }
    List<String> values = v.tag() == Tag.SpecificCharacterSet ? List.of("ISO_IR 192") : v.strings();
    // A value of padding only is an empty value: no Value at all (PS3.18 F.2.5).
    boolean empty = values.isEmpty() || (values.size() == 1 && values.getFirst().isEmpty());
    if (empty) {
      return;
    }
    char separator = '[';
    out.append(",\"Value\":");
    for (String value : values) {
      out.append(separator);
      if (value.isEmpty()) {
        out.append("null");
      } else {
        one(v.vr(), value);
      }
      separator = ',';
    }
    out.append(']');
  }

  private void one(Vr vr, String value) throws IOException {
    switch (vr) {
      case PN -> personName(value);
      case DS, IS -> decimalString(value);
      case US, SS, UL, SL -> out.append(value);
      case SV, UV -> bigNumber(value);
      case FL, FD -> floating(value);
      default -> text(value);
    }
  }

  private void personName(String value) throws IOException {
    String[] groups = value.split("=", 4);
    String[] names = {"Alphabetic", "Ideographic", "Phonetic"};
    char separator = '{';
    for (int i = 0; i < Math.min(groups.length, names.length); i++) {
      if (!groups[i].isEmpty()) {
        out.append(separator).append('"').append(names[i]).append("\":");
        text(groups[i]);
        separator = ',';
      }
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  /** A JSON number where the value is one, digits kept where JSON can; else a string. */
  private void decimalString(String value) throws IOException {
    if (JSON_NUMBER.matcher(value).matches()) {
      out.append(value);
    } else if (DECIMAL.matcher(value).matches()) {
      out.append(new BigDecimal(value).toString());
    } else {
      text(value);
    }
  }

  private void bigNumber(String value) throws IOException {
    BigDecimal number = new BigDecimal(value);
    boolean exact = number.abs().compareTo(BigDecimal.valueOf(EXACT_IN_JSON)) <= 0;
    if (exact) {
      out.append(value);
    } else {
      text(value);
    }
  }

  private void floating(String value) throws IOException {
    switch (value) {
      case "NaN" -> text("NaN");
      case "Infinity" -> text("inf");
      case "-Infinity" -> text("-inf");
      default -> out.append(value);
    }
  }

  private void text(String value) throws IOException {
    out.append('"');
    int start = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      // < is escaped too, so that JSON inside a page can never end a script element.
      if (c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '\u2028' && c != '\u2029') {
        continue;
      }
      out.append(value, start, i);
      start = i + 1;
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          out.append("\\u");
          for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt((c >> shift) & 0xF));
          }
        }
      }
    }
    out.append(value, start, value.length()).append('"');
  }
}
