package org.heliograph.dicom.xml;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.heliograph.dicom.charset.SpecificCharacterSet;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.xml.DicomXmlException.Code;
import org.jspecify.annotations.Nullable;

/** Makes data sets of the Native DICOM Model while it is parsed. */
final class XmlDatasetReader {
  /** How many values and items of a document may be left out by their numbers. */
  private static final int MAX_GAPS = 1 << 16;

  private final XmlCursor xml;
  private final DicomXml.BulkDataResolver bulk;
  private final XmlLimits limits;
  private int gaps;

  private XmlDatasetReader(XmlCursor xml, DicomXml.BulkDataResolver bulk, XmlLimits limits) {
    this.xml = xml;
    this.bulk = bulk;
    this.limits = limits;
  }

  static Dataset document(InputStream in, DicomXml.BulkDataResolver bulk, XmlLimits limits)
      throws IOException {
    return new XmlDatasetReader(XmlCursor.of(in), bulk, limits).document();
  }

  static Dataset document(Reader in, DicomXml.BulkDataResolver bulk, XmlLimits limits)
      throws IOException {
    return new XmlDatasetReader(XmlCursor.of(in), bulk, limits).document();
  }

  private Dataset document() throws IOException {
    if (!xml.enter() || !xml.isInModel() || !xml.name().equals("NativeDicomModel")) {
      throw xml.bad("the document is no NativeDicomModel");
    }
    Dataset dataset = attributes(0);
    xml.enter(); // what follows the root is well-formed too
    return dataset;
  }

  /** The attributes within the current element, to its end. */
  private Dataset attributes(int depth) throws IOException {
    if (depth > limits.maxDepth()) {
      throw new DicomXmlException(Code.TOO_DEEP, "sequences nest beyond " + limits.maxDepth());
    }
    PrivateBlocks elements = new PrivateBlocks();
    while (xml.enter()) {
      if (!xml.isInModel() || !xml.name().equals("DicomAttribute")) {
        throw xml.bad("an element is no DicomAttribute");
      }
      int tag = tag(xml.attribute("tag"), xml.attribute("keyword"));
      Vr vr = vr(tag, xml.attribute("vr"));
      String creator = xml.attribute("privateCreator");
      try {
        Element element = element(tag, vr, depth);
        if (element != null && !elements.add(element, creator)) {
          throw bad(tag, "the attribute is there twice");
        }
      } catch (IllegalArgumentException e) {
        throw new DicomXmlException(
            Code.BAD_VALUE, Tags.toString(tag) + ": a value does not fit " + vr);
      }
    }
    if (!elements.place()) {
      throw xml.bad("a private attribute is there twice, or its group is full");
    }
    return elements.build();
  }

  private DicomXmlException bad(int tag, String what) {
    return xml.bad(Tags.toString(tag) + ": " + what);
  }

  private int tag(@Nullable String tag, @Nullable String keyword) throws DicomXmlException {
    if (tag != null
        && tag.length() == 8
        && tag.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0)) {
      return Integer.parseUnsignedInt(tag, 16);
    }
    if (tag == null && keyword != null) {
      var entry = Dictionary.byKeyword(keyword);
      if (entry.isPresent()) {
        return entry.get().tag();
      }
    }
    throw xml.bad("a DicomAttribute has no tag");
  }

  private Vr vr(int tag, @Nullable String name) throws DicomXmlException {
    if (name == null) {
      return Dictionary.vrOf(tag);
    }
    String code = name.toUpperCase(Locale.ROOT);
    Vr vr = code.length() == 2 ? Vr.of(code.charAt(0), code.charAt(1)) : null;
    if (vr == null) {
      throw bad(tag, "unknown VR");
    }
    return vr;
  }

  /** The element of the current DicomAttribute, to its end; null when bulk data is left out. */
  private @Nullable Element element(int tag, Vr vr, int depth) throws IOException {
    List<String> values = new ArrayList<>();
    List<Dataset> items = new ArrayList<>();
    while (xml.enter()) {
      switch (xml.name()) {
        case "Value" -> {
          fill(values, "", tag);
          values.add(value(vr, xml.text(limits.maxValueChars())));
        }
        case "PersonName" -> {
          fill(values, "", tag);
          values.add(parts(PersonNameParts.GROUPS, "=", 0));
        }
        case "Item" -> {
          fill(items, Dataset.empty(), tag);
          items.add(attributes(depth + 1));
        }
        case "InlineBinary" -> {
          byte[] bytes = base64(tag, xml.text(limits.maxValueChars()));
          xml.end();
          return vr == Vr.UN
              ? ValueElement.of(tag, vr, even(bytes), SpecificCharacterSet.UTF_8)
              : one(Dataset.builder().bytes(tag, vr, bytes), tag);
        }
        case "BulkData" -> {
          String uri = reference(tag);
          xml.end();
          xml.end();
          return bulk.resolve(tag, vr, uri);
        }
        default -> throw bad(tag, "an element that a DicomAttribute does not have");
      }
    }
    boolean sequence = vr == Vr.SQ || !items.isEmpty();
    if (sequence ? !values.isEmpty() : !values.isEmpty() && vr.isBytes()) {
      throw bad(tag, vr + " has no Value");
    }
    Dataset.Builder builder = Dataset.builder();
    if (sequence) {
      builder.sequence(tag, items);
    } else if (values.isEmpty()) {
      builder.bytes(tag, vr, new byte[0]);
    } else {
      builder.text(tag, vr, texts(tag, vr, values));
    }
    return one(builder, tag);
  }

  private static Element one(Dataset.Builder builder, int tag) {
    return builder.build().get(tag).orElseThrow();
  }

  private static byte[] even(byte[] bytes) {
    return (bytes.length & 1) == 0 ? bytes : Arrays.copyOf(bytes, bytes.length + 1);
  }

  /** Values and items that numbers leave out are empty ones. */
  private <T> void fill(List<T> list, T empty, int tag) throws DicomXmlException {
    String number = xml.attribute("number");
    if (number == null) {
      return;
    }
    int n;
    try {
      n = Integer.parseInt(number.strip());
    } catch (NumberFormatException e) {
      throw bad(tag, "a number is none");
    }
    int gap = n - 1 - list.size();
    if (gap < 0 || gap > MAX_GAPS - gaps) {
      throw bad(tag, "numbers are out of order");
    }
    gaps += gap;
    for (int i = 0; i < gap; i++) {
      list.add(empty);
    }
  }

  /** The white space that a printer of XML may have added, where it is no part of a value. */
  private static String value(Vr vr, String text) {
    return switch (vr) {
      case UC, LT, ST, UT -> text;
      case FL, FD ->
          text.strip().replace("INF", "Infinity").replaceFirst("^(-?)inf$", "$1Infinity");
      default -> text.strip();
    };
  }

  private static String[] texts(int tag, Vr vr, List<String> values) {
    if (tag == Tag.SpecificCharacterSet) {
      return new String[] {"ISO_IR 192"}; // the text is Unicode by now
    }
    if (vr.isBinaryNumber()) {
      values.removeIf(String::isEmpty);
    }
    return values.toArray(String[]::new);
  }

  /** The parts of a person's name, or of one of its groups, joined. */
  private String parts(List<String> names, String delimiter, int level) throws IOException {
    String[] parts = PersonNameParts.empty(names);
    while (xml.enter()) {
      int i = names.indexOf(xml.name());
      if (i < 0) {
        throw xml.bad("an element that a PersonName does not have");
      }
      parts[i] =
          level == 0
              ? parts(PersonNameParts.COMPONENTS, "^", 1)
              : xml.text(limits.maxValueChars()).strip();
    }
    return PersonNameParts.join(parts, delimiter);
  }

  private byte[] base64(int tag, String text) throws DicomXmlException {
    try {
      return Base64.getMimeDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw bad(tag, "InlineBinary is not base64");
    }
  }

  private String reference(int tag) throws DicomXmlException {
    String uuid = xml.attribute("uuid");
    String uri = uuid == null ? xml.attribute("uri") : DicomXml.uuidUrn(uuid);
    if (uri == null) {
      throw bad(tag, "BulkData names nothing");
    }
    return uri;
  }
}
