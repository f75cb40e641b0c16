package org.heliograph.dicom.json;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.json.JsonParser.Json;
import org.jspecify.annotations.Nullable;

/** Makes data sets of parsed DICOM JSON. */
final class JsonDatasetReader {
  private final DicomJson.BulkDataResolver bulk;

  private JsonDatasetReader(DicomJson.BulkDataResolver bulk) {
    this.bulk = bulk;
  }

  static Dataset dataset(Json json, DicomJson.BulkDataResolver bulk) {
    return new JsonDatasetReader(bulk).dataset(json);
  }

  static List<Dataset> datasets(Json json, DicomJson.BulkDataResolver bulk) {
    if (!(json instanceof Json.Arr array)) {
      throw new IllegalArgumentException("DICOM JSON: expected an array of data sets");
    }
    JsonDatasetReader reader = new JsonDatasetReader(bulk);
    return array.values().stream().map(reader::dataset).toList();
  }

  private Dataset dataset(Json json) {
    if (!(json instanceof Json.Obj object)) {
      throw new IllegalArgumentException("DICOM JSON: a data set is an object");
    }
    Dataset.Builder builder = Dataset.builder();
    for (Map.Entry<String, Json> member : object.members().entrySet()) {
      int tag = tag(member.getKey());
      if (!(member.getValue() instanceof Json.Obj attribute)) {
        throw bad(tag, "an attribute is an object");
      }
      try {
        attribute(builder, tag, attribute.members());
      } catch (NumberFormatException e) {
        throw bad(tag, "not a number of its VR");
      }
    }
    return builder.build();
  }

  private static IllegalArgumentException bad(int tag, String what) {
    return new IllegalArgumentException("DICOM JSON: " + Tags.toString(tag) + ": " + what);
  }

  /** Eight hexadecimal digits; a keyword is understood as well. */
  private static int tag(String name) {
    if (name.length() == 8 && name.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      return Integer.parseUnsignedInt(name, 16);
    }
    return Dictionary.byKeyword(name)
        .orElseThrow(() -> new IllegalArgumentException("DICOM JSON: a name is not a tag"))
        .tag();
  }

  private void attribute(Dataset.Builder builder, int tag, Map<String, Json> members) {
    Vr vr = vr(tag, members.get("vr"));
    if (members.get("BulkDataURI") instanceof Json.Str uri) {
      Element element = bulk.resolve(tag, vr, uri.value());
      if (element != null) {
        builder.element(element);
      }
    } else if (members.get("InlineBinary") instanceof Json.Str binary) {
      builder.bytes(tag, vr, decode(tag, binary.value()));
    } else if (members.get("Value") instanceof Json.Arr values && !values.values().isEmpty()) {
      values(builder, tag, vr, values.values());
    } else if (vr == Vr.SQ) {
      builder.sequence(tag);
    } else {
      builder.bytes(tag, vr, new byte[0]);
    }
  }

  private static Vr vr(int tag, @Nullable Json name) {
    if (name instanceof Json.Str s) {
      String code = s.value().toUpperCase(Locale.ROOT);
      Vr vr = code.length() == 2 ? Vr.of(code.charAt(0), code.charAt(1)) : null;
      if (vr == null) {
        throw bad(tag, "unknown VR");
      }
      return vr;
    }
    return Dictionary.vrOf(tag);
  }

  private static byte[] decode(int tag, String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw bad(tag, "InlineBinary is not base64");
    }
  }

  private void values(Dataset.Builder builder, int tag, Vr vr, List<Json> values) {
    if (vr == Vr.SQ) {
      builder.sequence(tag, values.stream().map(this::item).toList());
      return;
    }
    if (vr.isBytes()) {
      throw bad(tag, vr + " has no Value");
    }
    List<String> texts = new ArrayList<>(values.size());
    for (Json value : values) {
      texts.add(text(tag, vr, value));
    }
    if (tag == Tag.SpecificCharacterSet) {
      builder.text(tag, Vr.CS, "ISO_IR 192"); // the text is Unicode by now
      return;
    }
    if (vr.isBinaryNumber()) {
      texts.removeIf(String::isEmpty);
    }
    try {
      builder.text(tag, vr, texts.toArray(String[]::new));
    } catch (NumberFormatException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw bad(tag, "a value does not fit " + vr);
    }
  }

  private Dataset item(Json json) {
    return json == Json.Literal.NULL ? Dataset.empty() : dataset(json);
  }

  private static String text(int tag, Vr vr, Json value) {
    return switch (value) {
      case Json.Str s -> vr == Vr.FL || vr == Vr.FD ? special(s.value()) : s.value();
      case Json.Num n -> number(vr, n.text());
      case Json.Literal l -> {
        if (l != Json.Literal.NULL) {
          throw bad(tag, "true and false are no values");
        }
        yield "";
      }
      case Json.Obj name -> {
        if (vr != Vr.PN) {
          throw bad(tag, vr + " has no object for a value");
        }
        yield personName(name.members());
      }
      case Json.Arr _ -> throw bad(tag, "an array within Value");
    };
  }

  private static String special(String value) {
    return switch (value) {
      case "inf", "Infinity" -> "Infinity";
      case "-inf", "-Infinity" -> "-Infinity";
      default -> value;
    };
  }

  /** Numbers keep their digits; whole numbers written as 1.0 or 1e3 become plain. */
  private static String number(Vr vr, String text) {
    boolean whole = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    if (whole || vr == Vr.FL || vr == Vr.FD) {
      return text;
    }
    if (vr == Vr.DS) {
      return text.length() <= 16 ? text : decimalString(text);
    }
    double value = Double.parseDouble(text);
    if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
      throw new NumberFormatException();
    }
    return Long.toString((long) value);
  }

  private static String decimalString(String text) {
    return Dataset.builder()
        .decimal(Tag.PatientWeight, Vr.DS, Double.parseDouble(text))
        .build()
        .string(Tag.PatientWeight, "");
  }

  private static String personName(Map<String, Json> groups) {
    String joined =
        group(groups, "Alphabetic")
            + "="
            + group(groups, "Ideographic")
            + "="
            + group(groups, "Phonetic");
    int end = joined.length();
    while (end > 0 && joined.charAt(end - 1) == '=') {
      end--;
    }
    return joined.substring(0, end);
  }

  private static String group(Map<String, Json> groups, String name) {
    return groups.get(name) instanceof Json.Str s ? s.value() : "";
  }
}
