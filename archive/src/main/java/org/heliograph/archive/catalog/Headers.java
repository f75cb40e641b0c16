package org.heliograph.archive.catalog;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.heliograph.archive.catalog.SearchRows.Answer;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.json.DicomJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Headers as DICOM JSON (PS3.18 Annex F), kept deflated. Values left in the blob are named by
 * BulkDataURI: {@code bulkdata/<offset>-<length>} for a range of the data set and {@code frames}
 * for encapsulated pixel data, both relative until {@link #json} puts the instance's address before
 * them.
 */
public final class Headers {
  private static final String HEADER =
      "select dicom_json from archive.instance_header where instance_ref = :instance";
  private static final String RELATIVE = "\"BulkDataURI\":\"";

  private final JdbcClient jdbc;

  Headers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What ingest stores. */
  public static byte[] deflate(Dataset header) {
    var bytes = new ByteArrayOutputStream();
    var deflater = new Deflater(Deflater.BEST_SPEED);
    try (var out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(DicomJson.write(header, Headers::relativeUri).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static @Nullable String relativeUri(Element element) {
    return switch (element) {
      case BulkElement bulk -> "bulkdata/" + bulk.offset() + "-" + bulk.length();
      case EncapsulatedElement _ -> "frames";
      default -> null;
    };
  }

  /**
   * The header of an instance with absolute BulkDataURIs.
   *
   * @param instanceUri the instance's own address, without a slash at its end
   */
  public String json(StoredInstance instance, String instanceUri) {
    return stored(instance.id()).replace(RELATIVE, RELATIVE + instanceUri + "/");
  }

  /** The header of an instance; values left in the blob are absent. */
  public Dataset dataset(StoredInstance instance) {
    return DicomJson.read(stored(instance.id()));
  }

  Answer enrich(Answer answer, Set<Integer> include) {
    Dataset header = DicomJson.read(stored(answer.rowId()));
    Dataset.Builder enriched = answer.dataset().toBuilder();
    for (int tag : include) {
      if (!answer.dataset().contains(tag)) {
        header.get(tag).ifPresent(enriched::element);
      }
    }
    return new Answer(answer.rowId(), enriched.build());
  }

  private String stored(long instanceId) {
    byte[] deflated = jdbc.sql(HEADER).param("instance", instanceId).query(byte[].class).single();
    try (var in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("header of instance " + instanceId + " is damaged", e);
    }
  }
}
