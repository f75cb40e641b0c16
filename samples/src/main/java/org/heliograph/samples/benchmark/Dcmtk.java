package org.heliograph.samples.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The peer's side of the figures. What a program needs to start is measured on its own and taken
 * off, so that the ratio is one of steady states; a figure is null where dcmtk is not installed.
 */
final class Dcmtk {
  private static final int REPEATS = 10;
  private static final int CONNECT_ATTEMPTS = 200;
  private static final int CONNECT_MILLIS = 50;

  private final BenchmarkFiles files;
  private final Path folder;

  Dcmtk(BenchmarkFiles files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  static boolean isInstalled() {
    return Files.isExecutable(Path.of("/usr/bin/dcmdump"));
  }

  /** Files a second of one core, all elements printed to nowhere, pixel data not loaded. */
  @Nullable Double headerParse(String kind) throws IOException {
    if (!isInstalled()) {
      return null;
    }
    List<Path> all = files.of(kind);
    List<String> command = new ArrayList<>(List.of("dcmdump", "-q", "-M"));
    for (int i = 0; i < REPEATS; i++) {
      all.forEach(file -> command.add(file.toString()));
    }
    ProcessTime start = ProcessTime.best(List.of("dcmdump", "-q", "-M", all.getFirst().toString()));
    double seconds = ProcessTime.best(command).minus(start).cpuSeconds();
    return (REPEATS * all.size() - 1) / seconds;
  }

  /** Files a second: read, write as Implicit VR Little Endian. */
  @Nullable Double rewriteImplicit(String kind) throws IOException {
    return perFile(List.of("dcmconv", "+ti"), kind, ProcessTime.NOTHING);
  }

  /** Frames a second: JPEG-LS lossless, without what reading and writing the file takes. */
  @Nullable Double jpegLsEncode(String kind) throws IOException {
    return perFile(List.of("dcmcjpls"), kind, copying(kind));
  }

  /** Frames a second of {@code dcmdjpls} on what {@code dcmcjpls} made. */
  @Nullable Double jpegLsDecode(String kind) throws IOException {
    if (!isInstalled()) {
      return null;
    }
    Path compressed = folder.resolve("peer-" + kind + ".jls.dcm");
    Path tiny = folder.resolve("peer-tiny.jls.dcm");
    ProcessTime.best(
        List.of("dcmcjpls", files.of(kind).getFirst().toString(), compressed.toString()));
    ProcessTime.best(List.of("dcmcjpls", files.tiny().toString(), tiny.toString()));
    Path target = folder.resolve("peer-out.dcm");
    ProcessTime start = ProcessTime.best(List.of("dcmdjpls", tiny.toString(), target.toString()));
    ProcessTime whole =
        ProcessTime.best(List.of("dcmdjpls", compressed.toString(), target.toString()));
    double seconds = whole.minus(start).cpuSeconds() - copying(kind).cpuSeconds();
    return 1 / Math.max(1e-6, seconds);
  }

  /** Objects a second as DICOM JSON. */
  @Nullable Double json() throws IOException {
    if (!isInstalled()) {
      return null;
    }
    ProcessTime start = ProcessTime.best(List.of("dcm2json", files.tiny().toString()));
    ProcessTime whole = ProcessTime.best(List.of("dcm2json", files.enhanced().toString()));
    return 1 / whole.minus(start).cpuSeconds();
  }

  /** Instances a second from {@code dcmsend} to {@code storescp --ignore}, one association. */
  @Nullable Double store(String kind) throws IOException {
    if (!isInstalled()) {
      return null;
    }
    int port = freePort();
    Process scp =
        new ProcessBuilder("storescp", "--ignore", "--max-pdu", "131072", String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      awaitListening(port);
      List<String> command =
          new ArrayList<>(
              List.of("dcmsend", "--max-pdu", "131072", "127.0.0.1", String.valueOf(port)));
      ProcessTime start = ProcessTime.best(with(command, files.tiny()));
      files.of(kind).forEach(file -> command.add(file.toString()));
      return files.of(kind).size() / ProcessTime.best(command).minus(start).wallSeconds();
    } finally {
      stop(scp);
    }
  }

  private ProcessTime copying(String kind) throws IOException {
    Path target = folder.resolve("peer-out.dcm");
    ProcessTime start =
        ProcessTime.best(List.of("dcmconv", files.tiny().toString(), target.toString()));
    return ProcessTime.best(
            List.of("dcmconv", files.of(kind).getFirst().toString(), target.toString()))
        .minus(start);
  }

  private @Nullable Double perFile(List<String> program, String kind, ProcessTime besides)
      throws IOException {
    if (!isInstalled()) {
      return null;
    }
    Path target = folder.resolve("peer-out.dcm");
    ProcessTime start = ProcessTime.best(with(with(program, files.tiny()), target));
    ProcessTime whole = ProcessTime.best(with(with(program, files.of(kind).getFirst()), target));
    double seconds = whole.minus(start).cpuSeconds() - besides.cpuSeconds();
    return 1 / Math.max(1e-6, seconds);
  }

  private static List<String> with(List<String> command, Path file) {
    List<String> longer = new ArrayList<>(command);
    longer.add(file.toString());
    return longer;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitListening(int port) throws IOException {
    for (int i = 0; ; i++) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        return;
      } catch (IOException e) {
        if (i == CONNECT_ATTEMPTS) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(CONNECT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
