package org.heliograph.reader.gateways;

import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** What the hub sets for gateways. */
@Component
class Configurations {
  private final Gateways gateways;

  Configurations(Gateways gateways) {
    this.gateways = gateways;
  }

  /**
   * A configuration.
   *
   * @param json an object of names and values
   * @param version another one whenever the JSON is another one
   */
  record Configuration(String json, String version) {}

  Configuration of(Gateway gateway) {
    String json = gateways.configuration(gateway.id());
    return new Configuration(json, version(json));
  }

  /** A short name of a text. */
  static String version(String text) {
    return HexFormat.of().formatHex(Secrets.hash(text), 0, 8);
  }
}
