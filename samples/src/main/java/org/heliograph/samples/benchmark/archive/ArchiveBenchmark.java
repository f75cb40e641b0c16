package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.heliograph.samples.benchmark.archive.Result.Better;
import org.heliograph.samples.benchmark.archive.Result.Reach;
import org.heliograph.samples.benchmark.archive.Result.Values;
import org.heliograph.samples.benchmark.archive.Searches.Question;
import org.jspecify.annotations.Nullable;

/**
 * Stores, finds and gives back the same images in the hub and in the peers that are installed, in
 * turns, so that whatever else the machine does falls on all of them.
 */
public final class ArchiveBenchmark {
  private static final String HEAP = "768m";
  private static final String HEAP_FOR_LARGE = "512m";
  private static final int POSTING = 4;
  private static final String PER_IMAGE = "CPU ms/image";
  private static final String PER_SECOND = "images/s";

  private final Path folder;
  private final Scale scale;
  private final Consumer<String> progress;
  private final List<Result> results = new ArrayList<>();

  private ArchiveBenchmark(Path folder, Scale scale, Consumer<String> progress) {
    this.folder = folder;
    this.scale = scale;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param folder where images are made and kept for the next run; what the servers keep is removed
   * @param size {@code quick}, {@code standard} or {@code full}
   */
  public static ArchiveReport run(
      Path folder, String size, String machine, Consumer<String> progress) throws IOException {
    Scale scale =
        switch (size) {
          case "quick" -> Scale.QUICK;
          case "full" -> Scale.FULL;
          default -> Scale.STANDARD;
        };
    return run(folder, scale, List.of(Product.values()), machine, progress);
  }

  static ArchiveReport run(
      Path folder, Scale scale, List<Product> products, String machine, Consumer<String> progress)
      throws IOException {
    if (!Senders.isInstalled()) {
      throw new IOException("images are sent by dcmtk's dcmsend, which is not installed");
    }
    var benchmark = new ArchiveBenchmark(folder, scale, progress);
    Files.createDirectories(folder);
    double forced = ForcedWrites.perSecond(folder);
    Path servers = Files.createTempDirectory(folder, "servers-");
    // PostgreSQL may run as a user of its own, who must be able to pass through.
    Files.setPosixFilePermissions(servers, PosixFilePermissions.fromString("rwx--x--x"));
    try {
      benchmark.measure(servers, products);
    } finally {
      remove(servers);
    }
    return new ArchiveReport(benchmark.about(machine, forced), benchmark.results);
  }

  private String about(String machine, double forced) {
    return """
    %s. The disk confirms %s forced writes a second, one after the other: a durable image takes \
    three of them (its file, its folder, the commit), shared between associations. Each pass \
    stores %d CT slices of 0.5 MB, %d DX of 10 MB or %d photos of new studies by dcmtk's dcmsend \
    with TCP_NODELAY, one process for each association, on the same machine; CPU is user and \
    system time of all the server's processes, PostgreSQL's included, until a second after the \
    last answer. The hub and Orthanc force files and index to the disk, dcmtk's servers neither. \
    Orthanc's PostgreSQL is the one that the hub brings, with the same settings. The ratio is to \
    Orthanc with PostgreSQL, above 1 in our favour.\
    """
        .formatted(machine, Result.number(forced), scale.ct(), scale.dx(), scale.photos());
  }

  private void measure(Path servers, List<Product> products) throws IOException {
    progress.accept("making images");
    var ct = ImageFiles.make(folder, ImageFiles.Kind.CT, scale.ct());
    var dx = ImageFiles.make(folder, ImageFiles.Kind.DX, scale.dx());
    var photos = ImageFiles.make(folder, ImageFiles.Kind.PHOTO, scale.photos());
    List<Server> running = new ArrayList<>();
    try {
      for (Product product : products) {
        if (isInstalled(product)) {
          progress.accept("starting " + product.title());
          running.add(start(servers.resolve(product.name()), product, HEAP));
        }
      }
      memory(running);
      warmUp(running, ct, dx);
      store(running, List.of(ct, dx), photos);
      retrieve(running, ct, dx);
      HubServer hub = null;
      for (Server server : running) {
        if (server instanceof HubServer ours) {
          hub = ours;
        } else {
          server.close();
        }
      }
      if (hub != null) {
        search(hub, servers, products);
      }
    } finally {
      for (Server server : running) {
        server.close();
      }
    }
    remove(servers);
    if (scale.large() > 0) {
      large(servers.resolve("large"));
    }
  }

  private static boolean isInstalled(Product product) {
    return switch (product) {
      case HELIOGRAPH -> true;
      case ORTHANC_POSTGRESQL, ORTHANC_SQLITE -> OrthancServer.isInstalled(product);
      case STORESCP, DCMQRSCP -> DcmtkServer.isInstalled(product);
    };
  }

  private static Server start(Path place, Product product, String heap) throws IOException {
    Files.createDirectories(place);
    return switch (product) {
      case HELIOGRAPH -> HubServer.start(place, heap);
      case ORTHANC_POSTGRESQL, ORTHANC_SQLITE -> OrthancServer.start(place, product);
      case STORESCP, DCMQRSCP -> DcmtkServer.start(place, product);
    };
  }

  private void memory(List<Server> running) throws IOException {
    ChildProcess.pause(scale.rest().toMillis());
    var values = new Values();
    for (Server server : running) {
      values.put(server.product(), ProcessTree.pssBytes(server.roots()) / 1e6);
    }
    add(
        values.result(
            "memory at rest, with PostgreSQL (PSS)", "MB", Better.LESS, Reach.value(450)));
  }

  private void warmUp(List<Server> running, ImageFiles ct, ImageFiles dx) throws IOException {
    for (Server server : running) {
      int sent = 0;
      while (sent < scale.warmUp()) {
        List<Path> some = ct.files().subList(0, Math.min(scale.warmUp() - sent, ct.files().size()));
        IngestRun.measure(server, ct, some, 4, Senders.Nagle.OFF);
        sent += some.size();
      }
      List<Path> few = dx.files().subList(0, Math.clamp(scale.warmUp() / 20, 1, dx.files().size()));
      IngestRun.measure(server, dx, few, 4, Senders.Nagle.OFF);
      progress.accept(server.product().title() + " is warm");
    }
  }

  private void store(List<Server> running, List<ImageFiles> kinds, ImageFiles photos)
      throws IOException {
    for (int associations : scale.associations()) {
      for (ImageFiles images : kinds) {
        // One association waits for each answer, some peers 50 ms: a quarter tells as much.
        int count = Math.max(1, images.files().size() / (associations == 1 ? 4 : 1));
        List<Path> files = images.files().subList(0, count);
        store(running, images, files, associations, Senders.Nagle.OFF);
      }
    }
    store(running, photos, photos.files(), 4, Senders.Nagle.OFF);
    ImageFiles ct = kinds.getFirst();
    List<Path> few = ct.files().subList(0, Math.min(scale.withNagle(), ct.files().size()));
    store(running, ct, few, 1, Senders.Nagle.ON);
    // Once more all of it under the identity that is asked for next.
    for (ImageFiles images : kinds) {
      images.renew();
      for (Server server : running) {
        Senders.send(server, images.files(), 4, Senders.Nagle.OFF);
      }
    }
  }

  private void store(
      List<Server> running,
      ImageFiles images,
      List<Path> files,
      int associations,
      Senders.Nagle nagle)
      throws IOException {
    var cpu = new Values();
    var rate = new Values();
    var volume = new Values();
    for (Server server : running) {
      IngestRun.Pass pass = IngestRun.measure(server, images, files, associations, nagle);
      if (pass.lost() > 0) {
        progress.accept(server.product().title() + " has lost " + pass.lost() + " images");
      }
      if (pass.lost() < files.size()) {
        cpu.put(server.product(), pass.cpuMillis());
        rate.put(server.product(), pass.perSecond());
        volume.put(server.product(), pass.perSecond() * images.megabytes());
      }
    }
    boolean plain = nagle == Senders.Nagle.OFF;
    String what =
        "store %s, %d association%s%s"
            .formatted(
                images.kind().title(),
                associations,
                associations == 1 ? "" : "s",
                plain ? "" : ", sender with Nagle");
    boolean four = associations == 4 && plain;
    boolean isCt = images.kind() == ImageFiles.Kind.CT;
    boolean isDx = images.kind() == ImageFiles.Kind.DX;
    if (plain) {
      Reach least = isCt ? Reach.value(1.5) : Reach.value(22);
      add(cpu.result(what, PER_IMAGE, Better.LESS, four && (isCt || isDx) ? least : null));
    }
    Reach most =
        four && isCt
            ? Reach.times(3)
            : four && isDx ? Reach.times(2) : plain ? null : Reach.value(300);
    add(rate.result(what, PER_SECOND, Better.MORE, most));
    if (four) {
      add(volume.result(what, "MB/s", Better.MORE, null));
    }
  }

  private void retrieve(List<Server> running, ImageFiles ct, ImageFiles dx) throws IOException {
    var ctFrame = new Values();
    var dxFrame = new Values();
    var metadata = new Values();
    var alone = new Values();
    var eight = new Values();
    for (Server server : running) {
      Server.Web web = server.web();
      if (web != null) {
        Product product = server.product();
        ctFrame.put(product, RetrieveRun.frames(web, ct, scale.searches()).median());
        dxFrame.put(product, RetrieveRun.frames(web, dx, scale.searches()).median());
        metadata.put(
            product, RetrieveRun.metadata(web, ct, Math.max(4, scale.searches() / 20)).median());
        alone.put(product, RetrieveRun.study(web, ct, 1, scale.loading()));
        eight.put(product, RetrieveRun.study(web, ct, 8, scale.loading()));
        progress.accept("retrieved from " + product.title());
      }
    }
    String ms = "p50 ms";
    add(ctFrame.result("WADO-RS frame, CT", ms, Better.LESS, Reach.value(1.2)));
    add(dxFrame.result("WADO-RS frame, DX", ms, Better.LESS, Reach.value(9)));
    add(
        metadata.result(
            "metadata of a series of " + ct.longestSeries(),
            ms,
            Better.LESS,
            ct.longestSeries() >= 900 ? Reach.value(150) : null));
    String study = "WADO-RS study of " + ImageFiles.SLICES_OF_STUDY + " CT, ";
    add(alone.result(study + "1 client", "MB/s", Better.MORE, Reach.value(1500)));
    add(eight.result(study + "8 clients", "MB/s", Better.MORE, Reach.value(2000)));
  }

  private void search(HubServer hub, Path servers, List<Product> products) throws IOException {
    Map<Question, Map<Product, Times>> ofPeers = new EnumMap<>(Question.class);
    SyntheticStudies.fill(hub, scale.peerStudies());
    for (Product product : List.of(Product.ORTHANC_POSTGRESQL, Product.ORTHANC_SQLITE)) {
      if (products.contains(product) && isInstalled(product)) {
        searchPeer(servers.resolve("search-" + product.name()), product, hub, ofPeers);
      }
    }
    for (int studies : scale.catalogs()) {
      progress.accept("searching among " + studies + " studies");
      SyntheticStudies.fill(hub, studies);
      searchOurs(hub, studies, ofPeers);
    }
  }

  private void searchPeer(
      Path place, Product product, HubServer hub, Map<Question, Map<Product, Times>> ofPeers)
      throws IOException {
    progress.accept("filling " + product.title() + " with " + scale.peerStudies() + " studies");
    try (var peer = OrthancServer.start(place, product);
        var posts = new Posts(peer.web(), POSTING)) {
      SyntheticStudies.objects(hub, posts::post);
      posts.finish();
      var searches = new Searches(scale.peerStudies());
      int times = Math.max(4, scale.searches() / 10);
      for (Question question : Question.values()) {
        ofPeers
            .computeIfAbsent(question, _ -> new EnumMap<>(Product.class))
            .put(product, SearchRun.qido(peer.web(), searches, question, times));
      }
    }
  }

  private void searchOurs(HubServer hub, int studies, Map<Question, Map<Product, Times>> ofPeers)
      throws IOException {
    var searches = new Searches(studies);
    Server.Web web = hub.web();
    for (Question question : Question.values()) {
      Times ours = SearchRun.qido(web, searches, question, scale.searches());
      var p50 = new Values();
      var p95 = new Values();
      p50.put(Product.HELIOGRAPH, ours.median());
      p95.put(Product.HELIOGRAPH, ours.p95());
      if (studies == scale.peerStudies()) {
        ofPeers
            .getOrDefault(question, Map.of())
            .forEach((product, measured) -> {
              p50.put(product, measured.median());
              p95.put(product, measured.p95());
            });
      }
      String what = "QIDO-RS, " + question.title() + ", " + thousands(studies) + " studies";
      add(p50.result(what, "p50 ms", Better.LESS, null));
      add(p95.result(what, "p95 ms", Better.LESS, reach(question, studies)));
    }
    Times ofClinic =
        SearchRun.qido(hub.webOfClinic(), searches, Question.NAME_INFIX, scale.searches());
    add(
        Result.ours(
            "the same of one clinic, part of a name, " + thousands(studies) + " studies",
            "p95 ms",
            Better.LESS,
            ofClinic.p95(),
            null));
    for (Question question : List.of(Question.ID, Question.DATE_AND_MODALITY)) {
      Times found = SearchRun.find(hub, searches, question, scale.searches());
      String title = question == Question.ID ? question.title() : "1 day and modality";
      add(
          Result.ours(
              "C-FIND, " + title + ", " + thousands(studies) + " studies",
              "p95 ms",
              Better.LESS,
              found.p95(),
              null));
    }
  }

  private static @Nullable Reach reach(Question question, int studies) {
    double factor = studies >= 1_000_000 ? 2 : studies == 50_000 ? 1 : 0;
    return switch (question) {
      case NEWEST -> null;
      case ID -> factor == 0 ? null : Reach.value(5 * factor);
      case DATE_AND_MODALITY, NAME_INFIX -> factor == 0 ? null : Reach.value(10 * factor);
    };
  }

  private static String thousands(int studies) {
    return studies >= 1_000_000 ? studies / 1_000_000 + " M" : studies / 1_000 + " k";
  }

  private void large(Path place) throws IOException {
    progress.accept("storing " + scale.large() + " objects of 1 GB in parallel");
    Files.createDirectories(place);
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx--x--x"));
    try (HubServer hub = HubServer.start(place.resolve("hub"), HEAP_FOR_LARGE)) {
      add(
          Result.ours(
              "heap while " + scale.large() + " objects of 1 GB arrive",
              "MB",
              Better.LESS,
              LargeObjects.peakHeap(hub, scale.large()) / 1e6,
              Reach.value(512)));
    }
  }

  private void add(Result result) {
    results.add(result);
    progress.accept(result.row());
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)) {
          Files.delete(file);
        }
      }
    }
  }
}
