package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.heliograph.samples.benchmark.archive.Result.Better;
import org.heliograph.samples.benchmark.archive.Result.Reach;

/**
 * Stores, finds and gives back the same images in the hub and in the peers that are installed, in
 * turns, so that whatever else the machine does falls on all of them.
 */
public final class ArchiveBenchmark {
  private static final String HEAP = "768m";
  private static final String HEAP_FOR_LARGE = "512m";

  private final Path folder;
  private final Scale scale;
  private final Table table;

  private ArchiveBenchmark(Path folder, Scale scale, Consumer<String> progress) {
    this.folder = folder;
    this.scale = scale;
    this.table = new Table(progress);
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
    return new ArchiveReport(benchmark.about(machine, forced), benchmark.table.results());
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
    table.say("making images");
    var ct = ImageFiles.make(folder, ImageFiles.Kind.CT, scale.ct());
    var dx = ImageFiles.make(folder, ImageFiles.Kind.DX, scale.dx());
    var photos = ImageFiles.make(folder, ImageFiles.Kind.PHOTO, scale.photos());
    List<Server> running = new ArrayList<>();
    try {
      for (Product product : products) {
        if (isInstalled(product)) {
          table.say("starting " + product.title());
          running.add(start(servers.resolve(product.name()), product, HEAP));
        }
      }
      var storing = new StorePasses(scale, folder, table);
      storing.memory(running);
      storing.warmUp(running, ct, dx);
      storing.store(running, List.of(ct, dx), photos);
      new RetrievePasses(scale, table).retrieve(running, ct, dx);
      HubServer hub = null;
      for (Server server : running) {
        if (server instanceof HubServer ours) {
          hub = ours;
        } else {
          server.close();
        }
      }
      if (hub != null) {
        new SearchPasses(scale, table)
            .search(hub, servers, products.stream().filter(ArchiveBenchmark::isInstalled).toList());
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

  private void large(Path place) throws IOException {
    table.say("storing " + scale.large() + " objects of 1 GB in parallel");
    Files.createDirectories(place);
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx--x--x"));
    try (HubServer hub = HubServer.start(place.resolve("hub"), HEAP_FOR_LARGE)) {
      table.add(
          Result.ours(
              "heap while " + scale.large() + " objects of 1 GB arrive",
              "MB",
              Better.LESS,
              LargeObjects.peakHeap(hub, scale.large()) / 1e6,
              Reach.value(512)));
    }
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
