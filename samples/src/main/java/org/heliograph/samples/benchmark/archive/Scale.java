package org.heliograph.samples.benchmark.archive;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rest before memory is looked at
 * @param ct slices of 0.5 MB, {@code dx} images of 10 MB and {@code photos} that each pass stores
 * @param warmUp slices stored before anything is measured; a twentieth of that in DX
 * @param withNagle slices of the pass whose sender leaves Nagle's algorithm on
 * @param catalogs numbers of studies that searches are measured at, rising
 * @param peerStudies studies that the searches of Orthanc are measured at
 * @param searches how often each search is asked
 * @param loading how long a study is loaded again and again
 * @param large objects of 1 GB stored in parallel at the end
 */
record Scale(
    Duration rest,
    int ct,
    int dx,
    int photos,
    List<Integer> associations,
    int warmUp,
    int withNagle,
    List<Integer> catalogs,
    int peerStudies,
    int searches,
    Duration loading,
    int large) {
  static final Scale QUICK =
      new Scale(
          Duration.ofSeconds(10),
          200,
          30,
          20,
          List.of(1, 4, 16),
          400,
          40,
          List.of(1_000, 50_000),
          1_000,
          200,
          Duration.ofSeconds(2),
          0);
  static final Scale STANDARD =
      new Scale(
          Duration.ofSeconds(10),
          2_000,
          300,
          200,
          List.of(1, 4, 16),
          1_000,
          60,
          List.of(1_000, 50_000, 100_000, 1_000_000),
          1_000,
          400,
          Duration.ofSeconds(5),
          0);
  static final Scale FULL =
      new Scale(
          Duration.ofSeconds(10),
          2_000,
          300,
          200,
          List.of(1, 4, 16),
          1_000,
          60,
          List.of(1_000, 50_000, 100_000, 1_000_000),
          50_000,
          400,
          Duration.ofSeconds(5),
          10);

  Scale {
    associations = List.copyOf(associations);
    catalogs = List.copyOf(catalogs);
  }
}
