package org.heliograph.samples.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.samples.people.SyntheticPatient;
import org.heliograph.samples.study.CtStudy;
import org.heliograph.samples.study.XrayStudy;
import org.heliograph.samples.xray.Chest;
import org.heliograph.samples.xray.Radiograph;

/** The files that we and the peers are measured on, made by code, the same in every run. */
public final class BenchmarkFiles {
  static final String FOLDER_PROPERTY = "heliograph.benchmark.files";
  private static final LocalDateTime TAKEN = LocalDateTime.of(2026, 11, 20, 9, 30);
  private static final int CT_SLICES = 100;
  private static final int DX_IMAGES = 10;

  private final Path folder;

  private BenchmarkFiles(Path folder) {
    this.folder = folder;
  }

  /** The files of this run, as the process was told by property. */
  static BenchmarkFiles ofThisRun() {
    return new BenchmarkFiles(Path.of(System.getProperty(FOLDER_PROPERTY, ".")));
  }

  /** Writes the files that are not there yet. */
  static BenchmarkFiles make(Path folder) throws IOException {
    Files.createDirectories(folder);
    BenchmarkFiles files = new BenchmarkFiles(folder);
    CtStudy ct = new CtStudy(SyntheticPatient.OLENA, "BENCH-CT", TAKEN, CT_SLICES);
    for (int i = 1; i <= CT_SLICES; i++) {
      int number = i;
      write(files.path("ct", i), () -> ct.slice(number));
    }
    XrayStudy dx =
        new XrayStudy(SyntheticPatient.AMINA, XrayStudy.Projection.CHEST_PA, "BENCH-DX", TAKEN);
    for (int i = 1; i <= DX_IMAGES; i++) {
      int number = i;
      write(files.path("dx", i), () -> dx.image(number, chest(number)));
    }
    write(files.enhanced(), EnhancedHeader::dataset);
    write(files.tiny(), TinyImage::dataset);
    return files;
  }

  List<Path> ct() {
    return paths("ct", CT_SLICES);
  }

  List<Path> dx() {
    return paths("dx", DX_IMAGES);
  }

  List<Path> of(String kind) {
    return kind.equals("ct") ? ct() : dx();
  }

  /** A header of a thousand frames, and no pixel data: what JSON costs. */
  Path enhanced() {
    return folder.resolve("enhanced.dcm");
  }

  /** One pixel: what a peer's process costs that does nothing. */
  Path tiny() {
    return folder.resolve("tiny.dcm");
  }

  private static Radiograph chest(int seed) {
    return new Chest(seed, Chest.Finding.NONE).radiograph();
  }

  private List<Path> paths(String kind, int count) {
    List<Path> paths = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      paths.add(path(kind, i));
    }
    return paths;
  }

  private Path path(String kind, int number) {
    return folder.resolve(kind + "-" + number + ".dcm");
  }

  private interface Maker {
    Dataset make();
  }

  private static void write(Path file, Maker maker) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Dataset dataset = maker.make();
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
      DicomWriter.writePart10(
          out, TransferSyntax.of(Uids.ExplicitVrLittleEndian), dataset, BulkSource.NONE);
    }
    Files.move(part, file);
  }
}
