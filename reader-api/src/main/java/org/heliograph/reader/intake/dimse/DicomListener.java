package org.heliograph.reader.intake.dimse;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.ul.TlsSettings;
import org.heliograph.node.storage.CallerPolicy;
import org.heliograph.node.storage.DicomNode;
import org.heliograph.node.storage.NodeService;
import org.heliograph.node.storage.NodeSettings;
import org.heliograph.reader.settings.DicomTlsOptions;
import org.heliograph.reader.tls.DicomTls;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.stereotype.Component;

/**
 * The hub's DICOM node, on a plain port, on one with TLS, or on both: listens last, when all it
 * depends on serves, and is drained first when the hub stops. The ports in use are the properties
 * {@code local.dicom.port} and {@code local.dicom.tls.port}.
 */
@Component
final class DicomListener implements SmartLifecycle {
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final AeTitle aeTitle;
  private final InetAddress bind;
  private final int port;
  private final DicomTlsOptions tlsOptions;
  private final DicomTls tls;
  private final SiteCallers callers;
  private final ArchiveSink sink;
  private final List<NodeService> services;
  private final ConfigurableEnvironment environment;
  private final MeterRegistry registry;
  private final List<DicomNode> nodes = new CopyOnWriteArrayList<>();

  DicomListener(
      SiteCallers callers,
      ArchiveSink sink,
      List<NodeService> services,
      ConfigurableEnvironment environment,
      MeterRegistry registry,
      DicomTls tls,
      ObjectProvider<DicomTlsOptions> tlsOptions,
      @Value("${heliograph.ae-title}") String aeTitle,
      @Value("${heliograph.dicom-bind:127.0.0.1}") InetAddress bind,
      @Value("${heliograph.dicom-port}") int port) {
    this.callers = callers;
    this.sink = sink;
    this.services = List.copyOf(services);
    this.environment = environment;
    this.registry = registry;
    Gauge.builder(
            "heliograph.associations", () -> nodes.stream().mapToInt(DicomNode::associations).sum())
        .description("Associations that are open")
        .strongReference(true)
        .register(registry);
    this.tls = tls;
    this.tlsOptions = tlsOptions.getIfAvailable(DicomTlsOptions::none);
    this.aeTitle = new AeTitle(aeTitle);
    this.bind = bind;
    this.port = port;
  }

  @Override
  public synchronized void start() {
    Map<String, Object> ports = new HashMap<>();
    try {
      if (port >= 0) {
        ports.put("local.dicom.port", listen(bind, port, null));
      }
      TlsSettings keys = tls.server().orElse(null);
      if (keys != null) {
        ports.put("local.dicom.tls.port", listen(tlsOptions.bind(), tlsOptions.port(), keys));
      }
    } catch (IOException e) {
      stop();
      throw new UncheckedIOException(e);
    }
    environment.getPropertySources().addFirst(new MapPropertySource("dicom.port", ports));
  }

  /** Asks the register and counts what it says. */
  private CallerPolicy.Decision admit(AeTitle calling, AeTitle called, InetAddress peer) {
    var decision = callers.admit(calling, called, peer);
    String outcome = decision instanceof CallerPolicy.Rejected ? "rejected" : "admitted";
    registry.counter("heliograph.associations.requested", "outcome", outcome).increment();
    return decision;
  }

  private int listen(InetAddress address, int number, @Nullable TlsSettings keys)
      throws IOException {
    DicomNode node =
        DicomNode.start(
            NodeSettings.of(aeTitle)
                .bindAddress(address)
                .port(number)
                .closeGrace(DRAIN)
                .tls(keys)
                .build(),
            this::admit,
            sink,
            services);
    nodes.add(node);
    return node.port();
  }

  @Override
  public synchronized void stop() {
    try (var closing = Executors.newVirtualThreadPerTaskExecutor()) {
      nodes.forEach(node -> closing.execute(node::close));
    }
    nodes.clear();
  }

  @Override
  public synchronized boolean isRunning() {
    return !nodes.isEmpty();
  }

  /** After the web server's, so started after and stopped before it. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 512;
  }
}
