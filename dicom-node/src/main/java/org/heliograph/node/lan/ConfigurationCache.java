package org.heliograph.node.lan;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.heliograph.dicom.durable.DurableFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the hub sets for the gateway, kept for starts without the hub. */
public final class ConfigurationCache implements AutoCloseable {
  private static final int MAX_BYTES = 256 << 10;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final RefreshedAnswer cached;

  private ConfigurationCache(
      Path folder, DurableFiles files, InstantSource clock, Consumer<JsonNode> listener)
      throws IOException {
    cached =
        new RefreshedAnswer(
            folder, "configuration", files, clock, MAX_BYTES, text -> use(text, listener));
  }

  /**
   * Reads what was kept, and tells the listener if there is any.
   *
   * @param listener told a JSON object at each change, on one thread; it ignores what it does not
   *     know
   */
  public static ConfigurationCache open(
      Path folder, DurableFiles files, InstantSource clock, Consumer<JsonNode> listener)
      throws IOException {
    return new ConfigurationCache(folder, files, clock, listener);
  }

  /** Begins to ask. */
  public void start(HubExchange hub) {
    cached.start(hub::configuration);
  }

  /** The hub has this version now. */
  public void versionSeen(String version) {
    cached.versionSeen(version);
  }

  /** How it stands. */
  public CacheState state() {
    return new CacheState(cached.fetchedAt(), cached.fetchedAt() == null ? 0 : 1, 0, cached.code());
  }

  private static void use(String text, Consumer<JsonNode> listener)
      throws RefreshedAnswer.UnreadableException {
    try {
      JsonNode settings = JSON.readTree(text);
      if (settings.isObject()) {
        listener.accept(settings);
        return;
      }
    } catch (JacksonException _) {
      // said below
    }
    throw new RefreshedAnswer.UnreadableException(RefreshedAnswer.UNREADABLE);
  }

  @Override
  public void close() {
    cached.close();
  }
}
