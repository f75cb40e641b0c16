package org.heliograph.reader.gateways;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes what the link's records say: unknown properties are left alone, so that either
 * end may be newer; numbers must be there.
 */
public final class LinkJson {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(20)
                          .maxStringLength(4 << 20)
                          .build())
                  .build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private LinkJson() {}

  /** The mapper. */
  public static JsonMapper mapper() {
    return JSON;
  }

  /**
   * Reads a record.
   *
   * @throws JacksonException it is not what the record says
   */
  public static <T> T read(byte[] json, Class<T> type) {
    return JSON.readValue(json, type);
  }
}
