package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Gives objects to Orthanc's own interface, over a few connections at once. */
final class Posts implements AutoCloseable {
  private static final int WAITING = 64;
  private static final byte[] END = new byte[0];
  private static final int PATIENCE_MINUTES = 5;

  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
  private final List<Future<Integer>> posting = new ArrayList<>();

  Posts(Server.Web web, int connections) {
    for (int i = 0; i < connections; i++) {
      posting.add(threads.submit(() -> postAll(web)));
    }
  }

  void post(byte[] partTen) throws IOException {
    try {
      if (!waiting.offer(partTen, PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("the peer takes no more objects");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Waits until all are there. */
  void finish() throws IOException {
    for (int i = 0; i < posting.size(); i++) {
      post(END);
    }
    try {
      for (Future<Integer> each : posting) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("the peer does not take the objects", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private int postAll(Server.Web web) throws IOException, InterruptedException {
    int count = 0;
    try (PlainHttp client = web.open()) {
      for (byte[] next = waiting.take(); next.length > 0; next = waiting.take()) {
        client.post("/instances", next);
        count++;
      }
    }
    return count;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
