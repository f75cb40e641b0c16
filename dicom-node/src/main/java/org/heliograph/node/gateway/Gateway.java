package org.heliograph.node.gateway;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.dicom.net.ul.TlsKeys;
import org.heliograph.dicom.net.ul.TlsProfile;
import org.heliograph.dicom.net.ul.TlsSettings;
import org.heliograph.node.commitment.CommitmentReporter;
import org.heliograph.node.commitment.CommitmentService;
import org.heliograph.node.gateway.GatewaySettings.DicomSide;
import org.heliograph.node.gateway.GatewaySettings.StatusSide;
import org.heliograph.node.mpps.ProcedureStepService;
import org.heliograph.node.peer.PeerConnections;
import org.heliograph.node.prepare.PrepareQueue;
import org.heliograph.node.prepare.PrepareSettings;
import org.heliograph.node.prepare.Preparing;
import org.heliograph.node.status.StatusServer;
import org.heliograph.node.status.StatusSettings;
import org.heliograph.node.storage.DicomNode;
import org.heliograph.node.storage.NodeSettings;
import org.heliograph.node.watch.WatchFolder;
import org.heliograph.node.watch.WatchSettings;
import org.heliograph.node.watch.WatchSink;
import org.heliograph.node.work.BackOff;
import org.heliograph.node.work.Deadline;
import org.heliograph.node.work.Worker;
import org.heliograph.node.worklist.ModalityWorklistService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running gateway: modalities, spool, preparing, the line to the hub, reports, the status page.
 * All that it has acknowledged is on its disk; killed anywhere, the next start goes on.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);
  private static final Duration DICOM_GRACE = Duration.ofSeconds(10);
  private static final Duration STOP_TIME = Duration.ofSeconds(6);
  private static final Duration PRUNE_EVERY = Duration.ofMinutes(10);
  private static final Duration LOOK_FOR_IDENTITY = Duration.ofSeconds(2);
  private static final BackOff PAUSES = new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(1));

  private final GatewaySettings settings;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Closing closing;
  private final Stores stores;
  private final GatewayView view;
  private final PeerConnections connections;
  private volatile @Nullable HubLine line;
  private volatile boolean enrolling;
  private @Nullable DicomNode node;
  private @Nullable StatusServer page;

  private Gateway(
      GatewaySettings settings,
      Map<String, String> environment,
      InstantSource clock,
      Closing closing,
      Stores stores,
      PeerConnections connections) {
    this.settings = settings;
    this.environment = environment;
    this.clock = clock;
    this.closing = closing;
    this.stores = stores;
    this.connections = connections;
    this.view = new GatewayView(settings, stores, this::link, clock);
  }

  /**
   * Starts everything; modalities can send when this returns.
   *
   * @throws CommandException with words for the operator; everything begun is stopped
   */
  public static Gateway start(
      GatewaySettings settings, Map<String, String> environment, InstantSource clock)
      throws IOException {
    TlsSettings tls = tls(settings.dicom());
    Closing closing = new Closing();
    try {
      Stores stores = closing.later(Stores.open(settings, clock));
      Gateway gateway =
          new Gateway(settings, environment, clock, closing, stores, connections(tls));
      gateway.begin(tls);
      return gateway;
    } catch (IOException | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private void begin(@Nullable TlsSettings tls) throws IOException {
    closing.later(this::closeLine);
    Preparing preparing =
        new Preparing(
            PrepareSettings.of(settings.prepare().recompress(), PrepareSettings.PREVIEW_BYTES));
    PrepareQueue preparers =
        PrepareQueue.start(stores.spool(), preparing, settings.prepare().workers());
    closing.later(() -> closeWithin(STOP_TIME, preparers));
    watch();
    Worker identity = closing.later(Worker.start("identity", this::lookForIdentity, PAUSES));
    closing.later(Worker.start("prune", this::prune, PAUSES));
    DicomSide dicom = settings.dicom();
    closing.later(CommitmentReporter.start(dicom.aeTitle(), stores.commitments(), connections));
    node = closing.later(listen(dicom, tls));
    page = closing.later(servePage());
    identity.wake();
    log.info("event=gateway.started dicom={} status={}", dicomPort(), statusPort());
  }

  private void watch() {
    Path folder = settings.watch().folder();
    if (folder != null) {
      WatchFolder watching =
          WatchFolder.start(
              WatchSettings.of(
                  folder,
                  settings.spool().folder().resolve("incoming"),
                  settings.watch().urgency(),
                  PrepareSettings.PREVIEW_BYTES),
              WatchSink.of(stores.spool()),
              clock,
              ZoneId.systemDefault());
      closing.later(() -> closeWithin(STOP_TIME, watching));
    }
  }

  /** What has not ended then ends with the process; the next start does it again. */
  private static void closeWithin(Duration time, AutoCloseable part)
      throws IOException, InterruptedException {
    try {
      Deadline.within(
          time,
          () -> {
            part.close();
            return true;
          });
    } catch (Deadline.Exceeded e) {
      log.info("event=stop.does_not_wait part={}", part.getClass().getSimpleName());
    }
  }

  private DicomNode listen(DicomSide dicom, @Nullable TlsSettings tls) throws IOException {
    NodeSettings node =
        NodeSettings.of(dicom.aeTitle())
            .bindAddress(dicom.bind())
            .port(dicom.port())
            .maxAssociations(dicom.maxAssociations(), dicom.maxAssociations())
            .closeGrace(DICOM_GRACE)
            .tls(tls)
            .build();
    try {
      return DicomNode.start(
          node,
          new AllowedCallers(dicom.callers()),
          new UrgentSink(stores.spool()),
          List.of(
              new CommitmentService(stores.commitments()),
              new ModalityWorklistService(stores.worklist()),
              new ProcedureStepService(stores.steps())));
    } catch (BindException e) {
      throw taken("dicom", dicom.bind().getHostAddress(), dicom.port());
    }
  }

  private StatusServer servePage() throws IOException {
    StatusSide status = settings.status();
    boolean shown = status.port() >= 0;
    var bind = shown ? status.bind() : java.net.InetAddress.getLoopbackAddress();
    String token = ControlFile.newToken();
    try {
      StatusServer server =
          StatusServer.start(
              new StatusSettings(
                  bind, Math.max(0, status.port()), status.pin(), status.hostNames(), token),
              view,
              clock);
      ControlFile.write(settings.folder(), bind, server.port(), token);
      closing.later(() -> ControlFile.remove(settings.folder()));
      return server;
    } catch (BindException e) {
      throw taken("status", bind.getHostAddress(), status.port());
    }
  }

  private static CommandException taken(String group, String address, int port) {
    return new CommandException(
        ExitCode.CANNOT_START,
        "The port "
            + port
            + " cannot be opened on "
            + address
            + ": another program has it, or it is no address of this computer. Change "
            + group
            + ".port or "
            + group
            + ".bind in the settings.");
  }

  /** Once this gateway is one of a site the line is opened; a new code needs a restart. */
  private Duration lookForIdentity() throws IOException, InterruptedException {
    if (line != null) {
      return Worker.UNTIL_WOKEN;
    }
    Optional<GatewayIdentity> identity = new IdentityFiles(settings.folder()).read();
    String code = settings.hub().enrolmentCode();
    if (identity.isEmpty() && code != null) {
      enrolling = true;
      try {
        identity =
            Optional.of(new Enrolling(settings, environment).enrol(EnrolmentCode.parse(code)));
        log.info("event=gateway.enrolled site={}", identity.get().siteCode());
      } catch (CommandException e) {
        log.warn("event=gateway.not_enrolled cause=\"{}\"", e.words());
        throw e;
      }
    }
    if (identity.isEmpty()) {
      return LOOK_FOR_IDENTITY;
    }
    line =
        HubLine.start(
            settings, environment, identity.get(), stores, connections, view::forHub, clock);
    return Worker.UNTIL_WOKEN;
  }

  private Duration prune() throws IOException {
    int count = view.prune();
    if (count > 0) {
      log.info("event=spool.pruned files={}", count);
    }
    return PRUNE_EVERY;
  }

  private LinkFacts link() {
    HubLine now = line;
    double cap = settings.cap().bytesPerSecond(clock.instant());
    return new LinkFacts(
        now != null,
        enrolling,
        now == null ? "" : now.hub(),
        now == null ? null : now.lastContact().orElse(null),
        now == null ? null : now.progress(),
        cap > 1e15 ? null : Long.valueOf((long) cap));
  }

  private void closeLine() throws IOException {
    HubLine now = line;
    if (now != null) {
      now.close();
    }
  }

  /** Where modalities send to. */
  public int dicomPort() {
    return node == null ? -1 : node.port();
  }

  /** Where the status page is. */
  public int statusPort() {
    return page == null ? -1 : page.port();
  }

  GatewayView view() {
    return view;
  }

  Stores stores() {
    return stores;
  }

  /** Finishes what modalities are sending within the grace, and stops; all of it within 30 s. */
  @Override
  public void close() throws IOException {
    closing.close();
    log.info("event=gateway.stopped");
  }

  private static @Nullable TlsSettings tls(DicomSide dicom) throws IOException {
    Path certificate = dicom.certificate();
    Path key = dicom.key();
    if (certificate == null || key == null) {
      return null;
    }
    try {
      Path trust = dicom.trust();
      TlsKeys keys =
          TlsKeys.none().withKey(Files.readString(certificate), Files.readString(key), new char[0]);
      TlsSettings tls =
          TlsSettings.of(
              TlsProfile.BCP_195_RFC_8996_9325,
              trust == null ? keys : keys.withTrusted(Files.readString(trust)));
      return tls.clientCertificate(
          trust == null
              ? TlsSettings.ClientCertificate.NOT_ASKED
              : TlsSettings.ClientCertificate.REQUIRED);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.CANNOT_START,
          "dicom.tls: certificate, key or trust cannot be used: " + e.getMessage());
    }
  }

  /** To a PACS with TLS the gateway shows the same certificate and trusts the same ones. */
  private static PeerConnections connections(@Nullable TlsSettings tls) {
    return new PeerConnections(() -> {
      if (tls == null) {
        throw new IllegalStateException("dicom.tls is not set");
      }
      return tls;
    });
  }
}
