package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Takes images from a server by WADO-RS. */
final class RetrieveRun {
  private static final String FRAMES =
      "multipart/related; type=\"application/octet-stream\"; transfer-syntax=*";
  private static final String INSTANCES =
      "multipart/related; type=\"application/dicom\"; transfer-syntax=*";
  private static final String JSON = "application/dicom+json";

  private RetrieveRun() {}

  /** Single frames of different images, one client. */
  static Times frames(Server.Web web, ImageFiles images, int times) throws IOException {
    try (PlainHttp client = web.open()) {
      int count = images.files().size();
      return Times.of(
          times,
          number ->
              client.get(web.root() + images.instance(number * 7 % count) + "/frames/1", FRAMES));
    }
  }

  /** The metadata of the longest series. */
  static Times metadata(Server.Web web, ImageFiles ct, int times) throws IOException {
    try (PlainHttp client = web.open()) {
      return Times.of(times, _ -> client.get(web.root() + ct.series(0) + "/metadata", JSON));
    }
  }

  /** A study of 60 slices, loaded again and again by so many clients; MB/s of all together. */
  static double study(Server.Web web, ImageFiles ct, int clients, Duration loading)
      throws IOException {
    String path = web.root() + ct.study(ct.lastImage());
    try (PlainHttp client = web.open()) {
      client.get(path, INSTANCES);
    }
    long began = System.nanoTime();
    long until = began + loading.toNanos();
    List<Future<Long>> loaded = new ArrayList<>();
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      for (int i = 0; i < clients; i++) {
        loaded.add(threads.submit(() -> load(web, path, until)));
      }
      long bytes = 0;
      for (Future<Long> each : loaded) {
        bytes += each.get();
      }
      return bytes / 1e6 / ((System.nanoTime() - began) / 1e9);
    } catch (ExecutionException e) {
      throw new IOException("a study could not be loaded", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static long load(Server.Web web, String path, long until) throws IOException {
    long bytes = 0;
    try (PlainHttp client = web.open()) {
      do {
        bytes += client.get(path, INSTANCES);
      } while (System.nanoTime() < until);
    }
    return bytes;
  }
}
