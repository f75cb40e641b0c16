package org.heliograph.reader.intake.dimse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.node.storage.DicomNode;
import org.heliograph.node.storage.NodeService;
import org.heliograph.node.storage.NodeSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.stereotype.Component;

/**
 * The hub's DICOM node: listens last, when all it depends on serves, and is drained first when the
 * hub stops. The port in use is the property {@code local.dicom.port}.
 */
@Component
final class DicomListener implements SmartLifecycle {
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final NodeSettings settings;
  private final SiteCallers callers;
  private final ArchiveSink sink;
  private final List<NodeService> services;
  private final ConfigurableEnvironment environment;
  private @Nullable DicomNode node;

  DicomListener(
      SiteCallers callers,
      ArchiveSink sink,
      List<NodeService> services,
      ConfigurableEnvironment environment,
      @Value("${heliograph.ae-title}") String aeTitle,
      @Value("${heliograph.dicom-bind:127.0.0.1}") InetAddress bind,
      @Value("${heliograph.dicom-port}") int port) {
    this.callers = callers;
    this.sink = sink;
    this.services = List.copyOf(services);
    this.environment = environment;
    this.settings =
        NodeSettings.of(new AeTitle(aeTitle))
            .bindAddress(bind)
            .port(port)
            .closeGrace(DRAIN)
            .build();
  }

  @Override
  public synchronized void start() {
    try {
      DicomNode started = DicomNode.start(settings, callers, sink, services);
      node = started;
      environment
          .getPropertySources()
          .addFirst(
              new MapPropertySource("dicom.port", Map.of("local.dicom.port", started.port())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void stop() {
    DicomNode running = node;
    node = null;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return node != null;
  }

  /** After the web server's, so started after and stopped before it. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 512;
  }
}
