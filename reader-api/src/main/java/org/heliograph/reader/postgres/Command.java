package org.heliograph.reader.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs one of the server's programs to its end, with a time limit. */
final class Command {
  private static final int OUTPUT_KEPT = 8_000;

  private Command() {}

  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  static Outcome run(Path folder, Duration limit, List<String> command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      // The messages are read by people and by this program: in English, whatever the console's.
      builder.environment().put("LC_ALL", "C");
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      Process process = builder.start();
      process.getOutputStream().close();
      FutureTask<String> output = new FutureTask<>(() -> read(process));
      Thread.ofVirtual().start(output);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new PostgresException(
            "The program " + command.getFirst() + " did not end in " + limit.toSeconds() + " s.");
      }
      return new Outcome(process.exitValue(), output.get(5, TimeUnit.SECONDS));
    } catch (IOException e) {
      throw new PostgresException("The program " + command.getFirst() + " cannot be run.", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new PostgresException("The program " + command.getFirst() + " left no answer.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresException("Stopped while waiting for PostgreSQL.", e);
    }
  }

  private static String read(Process process) throws IOException {
    byte[] kept = process.getInputStream().readNBytes(OUTPUT_KEPT);
    process.getInputStream().skip(Long.MAX_VALUE);
    return new String(kept, StandardCharsets.UTF_8).strip();
  }
}
