package org.heliograph.dicom.json;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.Vr;
import org.jspecify.annotations.Nullable;

/**
 * The DICOM JSON model (PS3.18 Annex F): data sets to JSON and back. Group lengths are left out,
 * Specific Character Set says ISO_IR 192, as JSON text is UTF-8.
 *
 * <p>The function for bulk data is asked for elements that were left in their source and for pixel
 * data of any size; where it gives null, a value in memory is written inline and one in its source
 * is left without value.
 */
public final class DicomJson {
  private DicomJson() {}

  /** One data set as a JSON object. */
  public static String write(Dataset dataset, Function<Element, @Nullable String> bulkDataUri) {
    StringBuilder out = new StringBuilder(4096);
    try {
      write(dataset, bulkDataUri, out);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return out.toString();
  }

  /** One data set as a JSON object. */
  public static void write(
      Dataset dataset, Function<Element, @Nullable String> bulkDataUri, Appendable out)
      throws IOException {
    new JsonDatasetWriter(out, bulkDataUri).dataset(dataset);
  }

  /** One data set as a JSON object in UTF-8; the stream is flushed, not closed. */
  public static void write(
      Dataset dataset, Function<Element, @Nullable String> bulkDataUri, OutputStream out)
      throws IOException {
    BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    write(dataset, bulkDataUri, writer);
    writer.flush();
  }

  /** Data sets as a JSON array in UTF-8; the stream is flushed, not closed. */
  public static void writeAll(
      Iterable<Dataset> datasets, Function<Element, @Nullable String> bulkDataUri, OutputStream out)
      throws IOException {
    BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    JsonDatasetWriter json = new JsonDatasetWriter(writer, bulkDataUri);
    char separator = '[';
    for (Dataset dataset : datasets) {
      writer.append(separator);
      json.dataset(dataset);
      separator = ',';
    }
    writer.append(separator == '[' ? "[]" : "]");
    writer.flush();
  }

  /**
   * One data set of a JSON object. Attributes that only name bulk data by URI are left out.
   *
   * @throws IllegalArgumentException if the text is not DICOM JSON; the message has a position and
   *     tags, never content
   */
  public static Dataset read(String json) {
    return read(json, (tag, vr, uri) -> null);
  }

  /** As {@link #read(String)}, with elements made for bulk data URIs. */
  public static Dataset read(String json, BulkDataResolver bulk) {
    return JsonDatasetReader.dataset(JsonParser.parse(json), bulk);
  }

  /** The data sets of a JSON array. */
  public static List<Dataset> readAll(String json) {
    return JsonDatasetReader.datasets(JsonParser.parse(json), (tag, vr, uri) -> null);
  }

  /** Makes an element for a bulk data URI. */
  public interface BulkDataResolver {
    /** The element, or null to leave the attribute out. */
    @Nullable Element resolve(int tag, Vr vr, String uri);
  }
}
