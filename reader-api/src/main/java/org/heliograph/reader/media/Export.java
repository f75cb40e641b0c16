package org.heliograph.reader.media;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.catalog.Catalog;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.catalog.StoredSeries;
import org.heliograph.archive.catalog.StoredStudy;
import org.heliograph.archive.retrieve.Retrieve;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.media.DicomDirWriter;
import org.heliograph.dicom.media.FileId;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.progress.Progress;
import org.heliograph.reader.progress.Steps;
import org.springframework.util.FileSystemUtils;

/**
 * Writes stored studies as Part 10 files under names made of our own ids, so that nothing of a
 * patient is in a path. A file appears under its name when it is whole and on the disk; a second
 * run goes on with those that are missing.
 */
public final class Export {
  private static final int WORKERS = 4;

  /** Where files are until they are whole; what a killed run left there is removed. */
  private static final String PARTS = ".parts";

  private static final String MARK = ".heliograph-export";
  private static final String DICOMDIR = "DICOMDIR";
  private static final int DIGITS = 7;

  private final Catalog catalog;
  private final Retrieve retrieve;
  private final BlobStore blobs;
  private final ExportSettings settings;
  private final Progress progress;
  private final Steps steps;
  private final Map<ExportOutcome, Long> outcomes = new EnumMap<>(ExportOutcome.class);

  public Export(
      Catalog catalog,
      Retrieve retrieve,
      BlobStore blobs,
      ExportSettings settings,
      Progress progress,
      Steps steps) {
    this.catalog = catalog;
    this.retrieve = retrieve;
    this.blobs = blobs;
    this.settings = settings;
    this.progress = progress;
    this.steps = steps;
  }

  /** Told of each study before anything of it is written. */
  public interface StudyBegun {
    void begun(long studyId);
  }

  /**
   * Exports.
   *
   * @param studies those of one patient together
   * @return how many instances became what
   */
  public Map<ExportOutcome, Long> run(List<StudyInstanceUid> studies, Path to, StudyBegun told)
      throws IOException, InterruptedException {
    if (settings.form() == ExportSettings.Form.ZIP) {
      zip(studies, to, told);
    } else {
      folder(studies, to, told);
    }
    return Map.copyOf(outcomes);
  }

  private void folder(List<StudyInstanceUid> studies, Path to, StudyBegun told)
      throws IOException, InterruptedException {
    claim(to);
    Path parts = newParts(to.resolve(PARTS));
    InstanceCopy copy = new InstanceCopy(retrieve, blobs, settings, parts);
    try (ExecutorService workers =
        Executors.newFixedThreadPool(WORKERS, Thread.ofVirtual().factory())) {
      for (StudyInstanceUid uid : studies) {
        StoredStudy study = catalog.study(uid).orElse(null);
        if (study != null) {
          told.begun(study.id());
          for (StoredSeries series : study.series()) {
            series(study, series, to, parts, copy, workers);
          }
        }
      }
    }
    DurableFiles.SYSTEM.forceFolder(to);
    if (settings.form() == ExportSettings.Form.DICOMDIR) {
      directory(studies, to, parts);
    }
    FileSystemUtils.deleteRecursively(parts);
  }

  private static Path newParts(Path parts) throws IOException {
    FileSystemUtils.deleteRecursively(parts);
    return Files.createDirectory(parts);
  }

  private void series(
      StoredStudy study,
      StoredSeries series,
      Path to,
      Path parts,
      InstanceCopy copy,
      ExecutorService workers)
      throws IOException, InterruptedException {
    Path folder = to.resolve(name('S', study.id())).resolve(name('E', series.id()));
    Files.createDirectories(folder);
    DurableFiles.SYSTEM.forceFolder(to.resolve(name('S', study.id())));
    List<Callable<ExportOutcome>> work = new ArrayList<>();
    for (StoredInstance instance : series.instances()) {
      work.add(() -> file(instance, parts, folder.resolve(fileName(instance)), copy));
    }
    for (Future<ExportOutcome> each : workers.invokeAll(work)) {
      try {
        outcomes.merge(each.get(), 1L, Long::sum);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
      }
    }
    DurableFiles.SYSTEM.forceFolder(folder);
    steps.reached("series-exported");
  }

  private ExportOutcome file(StoredInstance instance, Path parts, Path file, InstanceCopy copy)
      throws IOException {
    ExportOutcome outcome;
    if (Files.exists(file)) {
      outcome = ExportOutcome.THERE;
    } else {
      Path part = parts.resolve(UUID.randomUUID().toString());
      try {
        outcome = copy.write(instance, part);
        steps.reached("file-written");
        if (outcome.isFine()) {
          Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
      } finally {
        Files.deleteIfExists(part);
      }
    }
    progress.done(instance.blobBytes());
    return outcome;
  }

  /** The directory is made of the files as they lie there. */
  private void directory(List<StudyInstanceUid> studies, Path to, Path parts) throws IOException {
    Path part = parts.resolve(DICOMDIR);
    try (DicomDirWriter writer = DicomDirWriter.create(part, "HELIOGRAPH")) {
      for (StudyInstanceUid uid : studies) {
        StoredStudy study = catalog.study(uid).orElse(null);
        if (study != null) {
          for (StoredSeries series : study.series()) {
            entries(writer, study, series, to);
          }
        }
      }
      writer.finish();
    }
    steps.reached("directory-written");
    Files.move(part, to.resolve(DICOMDIR), StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.SYSTEM.forceFolder(to);
  }

  private void entries(DicomDirWriter writer, StoredStudy study, StoredSeries series, Path to)
      throws IOException {
    for (StoredInstance instance : series.instances()) {
      FileId id = FileId.of(name('S', study.id()), name('E', series.id()), fileName(instance));
      Path file = to.resolve(String.join("/", id.components()));
      if (Files.exists(file)) {
        ParsedObject header = DicomReader.readPart10(file, ReadOptions.header());
        writer.add(header.dataset(), id, TransferSyntaxUid.of(header.transferSyntax().uid()));
      }
    }
  }

  private void zip(List<StudyInstanceUid> studies, Path to, StudyBegun told) throws IOException {
    if (Files.exists(to)) {
      throw new ProblemException(ProblemCode.EXPORT_IN_THE_WAY, "a file of that name");
    }
    Path folder = to.resolveSibling(".").normalize();
    Path parts = newParts(folder.resolve(PARTS + "-" + to.getFileName()));
    Path part = parts.resolve("zip");
    Path one = parts.resolve("one");
    InstanceCopy copy = new InstanceCopy(retrieve, blobs, settings, parts);
    try {
      try (FileChannel channel =
              FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          ZipOutputStream zip =
              new ZipOutputStream(
                  new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16))) {
        zip.setLevel(Deflater.BEST_SPEED);
        for (StudyInstanceUid uid : studies) {
          StoredStudy study = catalog.study(uid).orElse(null);
          if (study != null) {
            told.begun(study.id());
            for (StoredSeries series : study.series()) {
              for (StoredInstance instance : series.instances()) {
                entry(zip, study, series, instance, copy, one);
              }
            }
          }
        }
        zip.finish();
        zip.flush();
        channel.force(true);
      }
      Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.SYSTEM.forceFolder(folder);
    } finally {
      FileSystemUtils.deleteRecursively(parts);
    }
  }

  private void entry(
      ZipOutputStream zip,
      StoredStudy study,
      StoredSeries series,
      StoredInstance instance,
      InstanceCopy copy,
      Path one)
      throws IOException {
    Files.deleteIfExists(one);
    ExportOutcome outcome = copy.write(instance, one);
    steps.reached("file-written");
    if (outcome.isFine()) {
      zip.putNextEntry(
          new ZipEntry(
              name('S', study.id()) + "/" + name('E', series.id()) + "/" + fileName(instance)));
      Files.copy(one, (OutputStream) zip);
      zip.closeEntry();
    }
    outcomes.merge(outcome, 1L, Long::sum);
    progress.done(instance.blobBytes());
  }

  /** An empty folder, or one that an earlier run of the same export began. */
  private void claim(Path to) throws IOException {
    Files.createDirectories(to);
    Path mark = to.resolve(MARK);
    if (Files.exists(mark)) {
      if (!Files.readString(mark).strip().equals(settings.told())) {
        throw new ProblemException(ProblemCode.EXPORT_IN_THE_WAY, "an export of another kind");
      }
    } else {
      try (var entries = Files.list(to)) {
        if (entries.findAny().isPresent()) {
          throw new ProblemException(ProblemCode.EXPORT_IN_THE_WAY, "files of something else");
        }
      }
      Files.writeString(mark, settings.told() + "\n", StandardCharsets.US_ASCII);
    }
  }

  private String fileName(StoredInstance instance) {
    String name = name('I', instance.id());
    return settings.form() == ExportSettings.Form.DICOMDIR ? name : name + ".dcm";
  }

  /** A letter and our own id to the base of 36: eight characters, as PS3.10 8.2 allows. */
  private static String name(char kind, long id) {
    String digits = Long.toString(id, 36).toUpperCase(Locale.ROOT);
    return kind + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
  }
}
