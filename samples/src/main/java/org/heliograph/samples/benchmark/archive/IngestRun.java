package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Stores images in a server and sees what it takes. */
final class IngestRun {
  /** What is done for the images after the last answer counts too. */
  private static final int AFTERWARDS_MILLIS = 1_000;

  private IngestRun() {}

  /**
   * One pass.
   *
   * @param perSecond images, from the start of the senders to the end of the last
   * @param cpuMillis user and system time of all the server's processes for each image
   * @param lost images that were acknowledged, but are not there
   */
  record Pass(double perSecond, double cpuMillis, long lost) {}

  static Pass measure(Server server, List<Path> files, int associations, Senders.Nagle nagle)
      throws IOException {
    long before = server.instances();
    double cpu = ProcessTree.cpuSeconds(server.roots());
    double seconds = Senders.send(server, files, associations, nagle);
    ChildProcess.pause(AFTERWARDS_MILLIS);
    cpu = ProcessTree.cpuSeconds(server.roots()) - cpu;
    long lost = files.size() - (server.instances() - before);
    if (lost != 0 && server.product() == Product.HELIOGRAPH) {
      throw new IOException(lost + " of " + files.size() + " images are not there");
    }
    return new Pass(files.size() / seconds, cpu * 1000 / files.size(), lost);
  }
}
