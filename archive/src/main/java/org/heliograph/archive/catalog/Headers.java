package org.heliograph.archive.catalog;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.heliograph.archive.catalog.AnswerRows.Answer;
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
  private static final String HEADERS =
      """
      select instance_ref, dicom_json from archive.instance_header
      where instance_ref = any(:instances)
      """;

  /** To make one takes longer than to deflate a header. */
  private static final BlockingQueue<Deflater> DEFLATERS = new ArrayBlockingQueue<>(16);

  private static final int AT_ONCE = 100;
  private static final String RELATIVE = "\"BulkDataURI\":\"";

  private final JdbcClient jdbc;

  Headers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What ingest stores. */
  public static byte[] deflate(Dataset header) {
    var bytes = new ByteArrayOutputStream();
    Deflater kept = DEFLATERS.poll();
    Deflater deflater = kept == null ? new Deflater(Deflater.BEST_SPEED) : kept;
    try (var out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(DicomJson.write(header, Headers::relativeUri).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    } finally {
      deflater.reset();
      if (!DEFLATERS.offer(deflater)) {
        deflater.end();
      }
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
    return json(stored(instance.id()), instance, instanceUri);
  }

  /**
   * The headers of instances, in their order and some at a time: neither one by one from the
   * database nor all of them in memory.
   *
   * @param instanceUri gives each instance's own address
   */
  public void json(
      List<StoredInstance> instances,
      Function<StoredInstance, String> instanceUri,
      HeaderTaker taker)
      throws IOException {
    for (int from = 0; from < instances.size(); from += AT_ONCE) {
      List<StoredInstance> some =
          instances.subList(from, Math.min(from + AT_ONCE, instances.size()));
      Map<Long, byte[]> stored = new HashMap<>();
      jdbc.sql(HEADERS)
          .param("instances", some.stream().map(StoredInstance::id).toArray(Long[]::new))
          .query(row -> {
            stored.put(row.getLong(1), row.getBytes(2));
          });
      for (StoredInstance instance : some) {
        byte[] deflated = stored.get(instance.id());
        if (deflated != null) {
          taker.take(json(inflate(deflated, instance.id()), instance, instanceUri.apply(instance)));
        }
      }
    }
  }

  /** Takes headers as DICOM JSON objects. */
  public interface HeaderTaker {
    void take(String json) throws IOException;
  }

  private static String json(String header, StoredInstance instance, String instanceUri) {
    String stored = header;
    CorrectedPatient corrected = instance.corrected();
    if (corrected != null) {
      Dataset changes = corrected.changes(DicomJson.read(stored));
      stored = JsonMembers.replace(stored, DicomJson.write(changes, Headers::relativeUri));
    }
    return stored.replace(RELATIVE, RELATIVE + instanceUri + "/");
  }

  /** The header of an instance; values left in the blob are absent. */
  public Dataset dataset(StoredInstance instance) {
    Dataset stored = DicomJson.read(stored(instance.id()));
    CorrectedPatient corrected = instance.corrected();
    return corrected == null ? stored : corrected.applyTo(stored);
  }

  /** The answers with what the search wants beside what the catalog has columns for. */
  List<Dataset> enrich(List<Answer> answers, Search search) {
    if (search.include().isEmpty() || answers.isEmpty()) {
      return answers.stream().map(Answer::dataset).toList();
    }
    Map<Long, byte[]> stored = new HashMap<>();
    jdbc.sql(HEADERS)
        .param("instances", answers.stream().map(Answer::header).distinct().toArray(Long[]::new))
        .query(row -> {
          stored.put(row.getLong(1), row.getBytes(2));
        });
    return answers.stream()
        .map(answer -> {
          byte[] deflated = stored.get(answer.header());
          return deflated == null
              ? answer.dataset()
              : FieldSelection.enrich(
                  answer.dataset(),
                  DicomJson.read(inflate(deflated, answer.header())),
                  search.level(),
                  search.include());
        })
        .toList();
  }

  private String stored(long instanceId) {
    return inflate(
        jdbc.sql(HEADER).param("instance", instanceId).query(byte[].class).single(), instanceId);
  }

  private static String inflate(byte[] deflated, long instanceId) {
    try (var in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("header of instance " + instanceId + " is damaged", e);
    }
  }
}
