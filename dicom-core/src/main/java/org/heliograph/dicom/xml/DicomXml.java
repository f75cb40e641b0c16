package org.heliograph.dicom.xml;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.Vr;
import org.jspecify.annotations.Nullable;

/**
 * The Native DICOM Model (PS3.19 Annex A.1, also the XML of PS3.18): data sets to XML and back, as
 * a stream. Group lengths are left out; Specific Character Set says ISO_IR 192, as the XML is
 * UTF-8.
 *
 * <p>The function for bulk data is asked for elements that were left in their source and for pixel
 * data of any size; where it gives null, a value in memory is written inline and one in its source
 * is left without value. A URI that starts with {@code urn:uuid:} is written as the model's {@code
 * uuid}, others as its {@code uri}.
 *
 * <p>Text with characters that XML 1.0 has no way to write (control characters, halves of surrogate
 * pairs) is written as UN with InlineBinary in UTF-8, so that nothing is lost. Readers never load
 * what a document refers to: a document type definition is refused, and with it all entities.
 */
public final class DicomXml {
  private static final String UUID_URN = "urn:uuid:";

  private DicomXml() {}

  /** One data set as an XML document. */
  public static String write(Dataset dataset, Function<Element, @Nullable String> bulkDataUri) {
    StringBuilder out = new StringBuilder(4096);
    try {
      write(dataset, bulkDataUri, out);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return out.toString();
  }

  /** One data set as an XML document, which says that it is UTF-8. */
  public static void write(
      Dataset dataset, Function<Element, @Nullable String> bulkDataUri, Appendable out)
      throws IOException {
    new XmlDatasetWriter(out, bulkDataUri).document(dataset);
  }

  /** One data set as an XML document in UTF-8; the stream is flushed, not closed. */
  public static void write(
      Dataset dataset, Function<Element, @Nullable String> bulkDataUri, OutputStream out)
      throws IOException {
    BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    write(dataset, bulkDataUri, writer);
    writer.flush();
  }

  /**
   * One data set of an XML document. Attributes that only name bulk data are left out.
   *
   * @throws DicomXmlException if the text is not a Native DICOM Model
   */
  public static Dataset read(String xml) throws DicomXmlException {
    return read(xml, (tag, vr, uri) -> null);
  }

  /** As {@link #read(String)}, with elements made for bulk data. */
  public static Dataset read(String xml, BulkDataResolver bulk) throws DicomXmlException {
    XmlLimits limits = XmlLimits.defaults();
    if (xml.length() > limits.maxBytes()) {
      throw new DicomXmlException(
          DicomXmlException.Code.TOO_LARGE,
          xml.length() + " characters exceed " + limits.maxBytes());
    }
    try {
      return XmlDatasetReader.document(new StringReader(xml), bulk, limits);
    } catch (DicomXmlException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
  }

  /**
   * One data set of an XML document in the encoding that it declares; the stream is not closed.
   *
   * @throws DicomXmlException if the bytes are not a Native DICOM Model or exceed a limit
   */
  public static Dataset read(InputStream in, BulkDataResolver bulk, XmlLimits limits)
      throws IOException {
    return XmlDatasetReader.document(new BoundedInput(in, limits.maxBytes()), bulk, limits);
  }

  /** Makes an element for bulk data. */
  public interface BulkDataResolver {
    /** The element, or null to leave the attribute out; a uuid comes as {@code urn:uuid:…}. */
    @Nullable Element resolve(int tag, Vr vr, String uri);
  }

  static String uuidUrn(String uuid) {
    return UUID_URN + uuid;
  }

  static @Nullable String uuidOf(String uri) {
    return uri.startsWith(UUID_URN) ? uri.substring(UUID_URN.length()) : null;
  }
}
