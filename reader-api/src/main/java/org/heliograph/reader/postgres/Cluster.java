package org.heliograph.reader.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The server's data folder: made once, configured at each start, started and stopped. */
final class Cluster {
  static final String OWNER = "heliograph";

  /** What the server logs when it will not start for this reason. */
  private static final String OLD_PROCESSES = "is still in use";

  private static final Duration INIT_LIMIT = Duration.ofMinutes(2);
  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final Path folder;
  private final Path data;
  private final Path binaries;
  private final ServerUser user;

  Cluster(Path folder, Path binaries, ServerUser user) {
    this.folder = folder;
    this.data = folder.resolve("cluster");
    this.binaries = binaries;
    this.user = user;
  }

  Path log() {
    return folder.resolve("server.log");
  }

  /** Makes the cluster if there is none; a half-made one of an earlier start is thrown away. */
  void create(String password) throws IOException {
    if (Files.exists(data)) {
      return;
    }
    Path unfinished = Files.createTempDirectory(folder, "new-cluster-");
    user.own(unfinished);
    Path passwordFile = Files.createTempFile(folder, "initial-", ".secret");
    try {
      Files.writeString(passwordFile, password);
      user.own(passwordFile);
      run(
          INIT_LIMIT,
          List.of(
              program("initdb"),
              "--pgdata=" + unfinished,
              "--username=" + OWNER,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--locale=C",
              "--data-checksums"),
          "PostgreSQL cannot make its data folder");
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The running server's port, if one runs here; a stale lock file is removed. */
  Optional<Integer> runningPort() throws IOException {
    Optional<PostmasterFile> found = PostmasterFile.read(data);
    if (found.isPresent() && !found.get().isAlive(data)) {
      Files.deleteIfExists(data.resolve(PostmasterFile.NAME));
      return Optional.empty();
    }
    return found.map(PostmasterFile::port);
  }

  /** Starts the server, on the port of last time if that is free, and returns the port. */
  int start() throws IOException {
    int port = choosePort();
    Path settings = data.resolve("postgresql.auto.conf");
    Path temporary = data.resolve("postgresql.auto.conf.new");
    Files.writeString(temporary, ServerSettings.text(port));
    user.own(temporary);
    Files.move(temporary, settings, StandardCopyOption.ATOMIC_MOVE);
    if (!Files.exists(log())) {
      Files.createFile(log());
    }
    user.own(log());
    startServer();
    Files.writeString(folder.resolve("port"), Integer.toString(port));
    return port;
  }

  /**
   * If the server itself was killed, its processes end their queries before they notice, and a new
   * one refuses to start beside them: that is waited for.
   */
  private void startServer() throws IOException {
    long until = System.nanoTime() + START_LIMIT.toNanos();
    List<String> start =
        control("start", "--log=" + log(), "--wait", "--timeout=" + START_LIMIT.toSeconds());
    while (true) {
      long before = Files.size(log());
      Command.Outcome outcome = Command.run(folder, START_LIMIT.plusSeconds(10), user.as(start));
      if (outcome.succeeded()) {
        return;
      }
      boolean waits = loggedSince(before).contains(OLD_PROCESSES);
      if (!waits || System.nanoTime() > until || Thread.currentThread().isInterrupted()) {
        throw new PostgresException(
            (waits
                    ? "PostgreSQL cannot start beside processes of a server that died; see "
                    : "PostgreSQL does not start; see ")
                + log());
      }
      LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
    }
  }

  private String loggedSince(long offset) throws IOException {
    try (var log = Files.newInputStream(log())) {
      log.skipNBytes(offset);
      return new String(log.readNBytes(64 * 1024), StandardCharsets.UTF_8);
    }
  }

  /** Stops the server: clients are cut off, everything committed is on disk. */
  void stop() {
    List<String> fast = control("stop", "--mode=fast", "--wait", timeout(STOP_LIMIT));
    if (!Command.run(folder, STOP_LIMIT.plusSeconds(10), user.as(fast)).succeeded()) {
      List<String> immediate = control("stop", "--mode=immediate", "--wait", timeout(STOP_LIMIT));
      Command.run(folder, STOP_LIMIT.plusSeconds(10), user.as(immediate));
    }
  }

  private List<String> control(String action, String... options) {
    List<String> command = new ArrayList<>(List.of(program("pg_ctl"), action));
    command.add("--pgdata=" + data);
    command.add("--silent");
    command.addAll(List.of(options));
    return command;
  }

  private void run(Duration limit, List<String> command, String failure) {
    Command.Outcome outcome = Command.run(folder, limit, user.as(command));
    if (!outcome.succeeded()) {
      throw new PostgresException(failure + " (" + outcome.output().replace('\n', ' ') + ")");
    }
  }

  private String program(String name) {
    return binaries.resolve("bin").resolve(name).toString();
  }

  private int choosePort() throws IOException {
    Path remembered = folder.resolve("port");
    if (Files.exists(remembered)) {
      int port = Integer.parseInt(Files.readString(remembered).strip());
      if (isFree(port)) {
        return port;
      }
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String timeout(Duration limit) {
    return "--timeout=" + limit.toSeconds();
  }
}
