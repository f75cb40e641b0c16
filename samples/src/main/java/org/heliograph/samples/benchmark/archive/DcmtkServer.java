package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * dcmtk's servers: storescp keeps files only, dcmqrscp an index file too; neither forces either.
 */
final class DcmtkServer implements Server {
  private static final String TITLE = "DCMTK";

  private final ChildProcess process;
  private final Product product;
  private final Path images;
  private final int port;

  private DcmtkServer(ChildProcess process, Product product, Path images, int port) {
    this.process = process;
    this.product = product;
    this.images = images;
    this.port = port;
  }

  static boolean isInstalled(Product product) {
    return Files.isExecutable(program(product));
  }

  private static Path program(Product product) {
    return Path.of("/usr/bin", product.title());
  }

  static DcmtkServer start(Path folder, Product product) throws IOException {
    Path images = folder.resolve("images");
    Files.createDirectories(images);
    int port = ChildProcess.freePort();
    List<String> command =
        product == Product.STORESCP
            ? List.of(
                program(product).toString(),
                "--fork",
                "--accept-all",
                "--output-directory",
                images.toString(),
                Integer.toString(port))
            : List.of(
                program(product).toString(),
                "--config",
                configuration(folder, images, port).toString());
    ChildProcess process =
        ChildProcess.start(command, folder.resolve("log"), Map.of("TCP_NODELAY", "1"));
    var server = new DcmtkServer(process, product, images, port);
    try {
      process.awaitPort(port);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static Path configuration(Path folder, Path images, int port) throws IOException {
    Path file = folder.resolve("dcmqrscp.cfg");
    Files.writeString(
        file,
        """
        NetworkTCPPort  = %d
        MaxPDUSize      = 16384
        MaxAssociations = 64
        HostTable BEGIN
        HostTable END
        VendorTable BEGIN
        VendorTable END
        AETable BEGIN
        %s  %s  RW (100000, 1024mb)  ANY
        AETable END
        """
            .formatted(port, TITLE, images));
    return file;
  }

  @Override
  public Product product() {
    return product;
  }

  @Override
  public int dicomPort() {
    return port;
  }

  @Override
  public String aeTitle() {
    return TITLE;
  }

  @Override
  public List<Long> roots() {
    return List.of(process.pid());
  }

  @Override
  public long instances() throws IOException {
    try (Stream<Path> files = Files.walk(images)) {
      return files.filter(file -> !file.endsWith("index.dat") && Files.isRegularFile(file)).count();
    }
  }

  @Override
  public @Nullable Web web() {
    return null;
  }

  @Override
  public void close() {
    process.close();
  }
}
