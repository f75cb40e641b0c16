package org.heliograph.samples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;

/** The toolkit's figures: parsing, writing, JSON, JPEG-LS and C-STORE. */
final class CoreBenchmark {
  private static final List<String> KINDS = List.of("ct", "dx");

  private final BenchmarkFiles files;
  private final Dcmtk dcmtk;
  private final JmhRun jmh;
  private final List<Figure> figures = new ArrayList<>();

  private CoreBenchmark(BenchmarkFiles files, Path folder, JmhRun jmh) {
    this.files = files;
    this.dcmtk = new Dcmtk(files, folder);
    this.jmh = jmh;
  }

  static List<Figure> run(Path folder) throws IOException, RunnerException {
    BenchmarkFiles files = BenchmarkFiles.make(folder);
    JmhRun jmh =
        JmhRun.of(
            folder.toString(),
            HeaderParse.class,
            DatasetWrite.class,
            DatasetJson.class,
            JpegLs.class,
            StoreLoopback.class,
            RawLoopback.class);
    CoreBenchmark benchmark = new CoreBenchmark(files, folder, jmh);
    benchmark.collect();
    return benchmark.figures;
  }

  private void collect() throws IOException {
    for (String kind : KINDS) {
      add(
          "headerParse",
          kind,
          "header of a %s, files/s",
          1,
          "dcmdump -M",
          dcmtk.headerParse(kind),
          3.0);
    }
    for (String kind : KINDS) {
      add(
          "rewriteImplicit",
          kind,
          "%s to Implicit VR, files/s",
          1,
          "dcmconv +ti, less its start",
          dcmtk.rewriteImplicit(kind),
          null);
    }
    add(
        "jsonWrite",
        "",
        "JSON of 1 000 frames' header, objects/s",
        1,
        "dcm2json, less its start",
        dcmtk.json(),
        null);
    add("jsonRead", "", "the same read back, objects/s", 1, Figure.NONE, null, null);
    for (String kind : KINDS) {
      double megabytes = Files.size(files.of(kind).getFirst()) / 1e6;
      add(
          "jpegLsEncode",
          kind,
          "JPEG-LS encode, %s, MB/s",
          megabytes,
          "dcmcjpls, less start and copying",
          dcmtk.jpegLsEncode(kind),
          1.0);
      add(
          "jpegLsDecode",
          kind,
          "JPEG-LS decode, %s, MB/s",
          megabytes,
          "dcmdjpls, less start and copying",
          dcmtk.jpegLsDecode(kind),
          null);
    }
    for (String kind : KINDS) {
      double megabytes = Files.size(files.of(kind).getFirst()) / 1e6;
      add(
          "storeLoopback",
          kind,
          "C-STORE loopback, %s, MB/s",
          megabytes,
          "raw loopback copy",
          jmh.perSecond("rawLoopback", kind),
          0.5);
      add(
          "storeLoopback",
          kind,
          "C-STORE loopback, %s, images/s",
          1,
          "dcmsend to storescp --ignore",
          dcmtk.store(kind),
          null);
    }
  }

  private void add(
      String method,
      String kind,
      String what,
      double factor,
      String peer,
      @Nullable Double peerPerSecond,
      @Nullable Double reach) {
    String name = what.formatted(kind.toUpperCase(java.util.Locale.ROOT));
    int comma = name.lastIndexOf(", ");
    figures.add(
        new Figure(
            name.substring(0, comma),
            name.substring(comma + 2),
            jmh.perSecond(method, kind) * factor,
            jmh.error(method, kind) * factor,
            peer,
            peerPerSecond == null ? null : peerPerSecond * factor,
            reach));
  }
}
