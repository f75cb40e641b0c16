package org.heliograph.node.link;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as both ends of the link read and write it: what is not known is ignored. */
public final class LinkJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private LinkJson() {}

  public static JsonMapper mapper() {
    return MAPPER;
  }
}
