package org.heliograph.dicom.xml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.DictionaryEntry;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.data.Vr;
import org.jspecify.annotations.Nullable;

/** Writes the Native DICOM Model as it goes. */
final class XmlDatasetWriter {
  static final String NAMESPACE = "http://dicom.nema.org/PS3.19/models/NativeDICOM";

  /** A multiple of three bytes is base64 without padding, so that pieces join. */
  private static final int BASE64_PIECE = 3 * 4096;

  /** Delimiters that no component follows. */
  private static final Pattern NO_COMPONENT = Pattern.compile("\\^+(?==|$)|[\\^=]+$");

  private final Appendable out;
  private final Function<Element, @Nullable String> bulkDataUri;

  XmlDatasetWriter(Appendable out, Function<Element, @Nullable String> bulkDataUri) {
    this.out = out;
    this.bulkDataUri = bulkDataUri;
  }

  void document(Dataset dataset) throws IOException {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<NativeDicomModel xmlns=\"");
    out.append(NAMESPACE).append("\" xml:space=\"preserve\">\n");
    attributes(dataset);
    out.append("</NativeDicomModel>\n");
  }

  private void attributes(Dataset dataset) throws IOException {
    for (Element e : dataset) {
      if (!Tags.isGroupLength(e.tag())) {
        attribute(dataset, e);
      }
    }
  }

  private void attribute(Dataset dataset, Element e) throws IOException {
    List<String> values = texts(e);
    boolean unwritable = !values.stream().allMatch(XmlCharacters::canCarry);
    String creator = privateCreator(dataset, e.tag());
    // PS3.19 Table A.1.5-2: the block's number is no part of a private attribute's name.
    int tag = creator.isEmpty() ? e.tag() : e.tag() & 0xFFFF00FF;
    out.append("<DicomAttribute tag=\"").append(Tags.toHex(tag)).append("\" vr=\"");
    out.append(unwritable ? Vr.UN.name() : e.vr().name()).append('"');
    keyword(e.tag());
    if (!creator.isEmpty()) {
      attributeOf("privateCreator", creator);
    }
    out.append('>');
    if (unwritable) {
      byte[] text = String.join("\\", values).getBytes(StandardCharsets.UTF_8);
      inlineBinary(ByteBuffer.wrap(text));
    } else {
      content(e, values);
    }
    out.append("</DicomAttribute>\n");
  }

  private void keyword(int tag) throws IOException {
    String keyword = Dictionary.lookup(tag).map(DictionaryEntry::keyword).orElse("");
    if (!keyword.isEmpty() && !Tags.isPrivate(tag)) {
      out.append(" keyword=\"").append(keyword).append('"');
    }
  }

  /** The creator that names a private attribute, empty when there is none of its own. */
  private static String privateCreator(Dataset dataset, int tag) {
    if (!Tags.isPrivate(tag) || Tags.element(tag) < 0x1000) {
      return "";
    }
    int reserving = Tags.privateCreatorOf(tag);
    String creator = dataset.string(reserving, "");
    if (creator.isBlank() || !XmlCharacters.canCarry(creator)) {
      return "";
    }
    // Two blocks of one creator: the second keeps its number.
    for (int other = (reserving & 0xFFFF0000) | 0x10; other < reserving; other++) {
      if (dataset.string(other, "").equals(creator)) {
        return "";
      }
    }
    return creator;
  }

  private void attributeOf(String name, String value) throws IOException {
    out.append(' ').append(name).append("=\"");
    XmlCharacters.append(out, value);
    out.append('"');
  }

  /** The values to write as text: none for bytes, and for padding only (an empty value). */
  private static List<String> texts(Element e) {
    if (!(e instanceof ValueElement v) || v.vr().isBytes()) {
      return List.of();
    }
    if (v.tag() == Tag.SpecificCharacterSet && !v.isEmpty()) {
      return List.of("ISO_IR 192");
    }
    List<String> values = v.strings();
    if (v.vr() == Vr.PN) {
      values = values.stream().map(n -> NO_COMPONENT.matcher(n).replaceAll("")).toList();
    }
    return values.size() == 1 && values.getFirst().isEmpty() ? List.of() : values;
  }

  private void content(Element e, List<String> values) throws IOException {
    switch (e) {
      case SequenceElement s -> items(s.items());
      case BulkElement b -> bulk(b);
      case EncapsulatedElement p -> bulk(p);
      case ValueElement v -> {
        boolean pixels = Tags.group(v.tag()) == 0x7FE0 && v.vr().isBytes();
        if (v.isEmpty() || (pixels && bulk(v))) {
          return;
        }
        if (v.vr().isBytes()) {
          inlineBinary(v.buffer());
        } else {
          values(v.vr(), values);
        }
      }
    }
  }

  private boolean bulk(Element e) throws IOException {
    String uri = bulkDataUri.apply(e);
    if (uri == null) {
      return false;
    }
    String uuid = DicomXml.uuidOf(uri);
    out.append("<BulkData");
    attributeOf(uuid == null ? "uri" : "uuid", uuid == null ? uri : uuid);
    out.append("/>");
    return true;
  }

  private void items(List<Dataset> items) throws IOException {
    int number = 1;
    for (Dataset item : items) {
      open("Item", number++);
      out.append('\n');
      attributes(item);
      out.append("</Item>\n");
    }
  }

  private void inlineBinary(ByteBuffer bytes) throws IOException {
    out.append("<InlineBinary>");
    while (bytes.hasRemaining()) {
      ByteBuffer piece = bytes.slice(bytes.position(), Math.min(bytes.remaining(), BASE64_PIECE));
      bytes.position(bytes.position() + piece.remaining());
      out.append(StandardCharsets.ISO_8859_1.decode(Base64.getEncoder().encode(piece)));
    }
    out.append("</InlineBinary>");
  }

  private void values(Vr vr, List<String> values) throws IOException {
    int number = 1;
    for (String value : values) {
      if (vr == Vr.PN) {
        personName(value, number);
      } else {
        open("Value", number);
        XmlCharacters.append(out, vr == Vr.FL || vr == Vr.FD ? xmlFloat(value) : value);
        out.append("</Value>");
      }
      number++;
    }
  }

  private void open(String name, int number) throws IOException {
    out.append('<').append(name).append(" number=\"").append(Integer.toString(number));
    out.append("\">");
  }

  /** As XML Schema writes what is no number. */
  private static String xmlFloat(String value) {
    return value.replace("Infinity", "INF");
  }

  private void personName(String value, int number) throws IOException {
    open("PersonName", number);
    String[] groups = value.split("=", 3);
    for (int i = 0; i < groups.length; i++) {
      if (!groups[i].isEmpty()) {
        String name = PersonNameParts.GROUPS.get(i);
        out.append('<').append(name).append('>');
        components(groups[i].split("\\^", PersonNameParts.COMPONENTS.size()));
        out.append("</").append(name).append('>');
      }
    }
    out.append("</PersonName>");
  }

  private void components(String[] components) throws IOException {
    for (int i = 0; i < components.length; i++) {
      if (!components[i].isEmpty()) {
        String name = PersonNameParts.COMPONENTS.get(i);
        out.append('<').append(name).append('>');
        XmlCharacters.append(out, components[i]);
        out.append("</").append(name).append('>');
      }
    }
  }
}
