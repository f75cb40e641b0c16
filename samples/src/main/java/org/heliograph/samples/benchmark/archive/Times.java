package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.util.Arrays;

/** How long something took, asked again and again by one client; milliseconds. */
record Times(double median, double p95) {
  /** One of the things that are asked. */
  interface Asking {
    void ask(int number) throws IOException;
  }

  /** Asks a quarter as often before it counts. */
  static Times of(int times, Asking asking) throws IOException {
    int number = 0;
    for (int i = 0; i < times / 4; i++) {
      asking.ask(number++);
    }
    var nanos = new long[times];
    for (int i = 0; i < times; i++) {
      long began = System.nanoTime();
      asking.ask(number++);
      nanos[i] = System.nanoTime() - began;
    }
    Arrays.sort(nanos);
    return new Times(nanos[times / 2] / 1e6, nanos[times * 95 / 100] / 1e6);
  }
}
