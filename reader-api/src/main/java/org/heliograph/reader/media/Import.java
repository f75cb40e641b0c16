package org.heliograph.reader.media;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipException;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.StoredBlob;
import org.heliograph.archive.catalog.Catalog;
import org.heliograph.archive.ingest.IngestInstance;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.ingest.InstanceRef;
import org.heliograph.archive.ingest.PartTenResult;
import org.heliograph.archive.ingest.RefusalReason;
import org.heliograph.archive.integrity.DigestRows;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.DicomFormatException;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.media.DicomDirReader;
import org.heliograph.dicom.media.FileId;
import org.heliograph.reader.progress.Progress;
import org.heliograph.reader.progress.Steps;
import org.jspecify.annotations.Nullable;

/**
 * Stores what lies in folders, ZIP files and on media, through the archive's ingest: what is
 * counted as stored survives a power cut, and the same rules decide on quarantine. Killed and run
 * again it reads only what it had not stored.
 */
public final class Import {
  private static final int WAITING_FOR_EACH_WORKER = 16;
  private static final long MOST_WAIT_MILLIS = 60_000;
  private static final int PEEKED = 132;

  private final IngestInstance ingest;
  private final Catalog catalog;
  private final Path journals;
  private final Settings settings;
  private final Progress progress;
  private final ImportTally tally;
  private final Steps steps;
  private final Semaphore places;
  private final int allPlaces;
  private final AtomicReference<@Nullable ImportStoppedException> stopped = new AtomicReference<>();

  /**
   * How to import.
   *
   * @param siteId whose the instances are
   * @param origin told to the reading side
   */
  public record Settings(UUID siteId, String origin, int workers) {}

  public Import(
      IngestInstance ingest,
      Catalog catalog,
      Path journals,
      Settings settings,
      Progress progress,
      ImportTally tally,
      Steps steps) {
    this.ingest = ingest;
    this.catalog = catalog;
    this.journals = journals;
    this.settings = settings;
    this.progress = progress;
    this.tally = tally;
    this.steps = steps;
    this.allPlaces = settings.workers() * WAITING_FOR_EACH_WORKER;
    this.places = new Semaphore(allPlaces);
  }

  /**
   * Imports one after the other.
   *
   * @throws ImportStoppedException the archive takes nothing just now; what was stored is stored
   */
  public void run(List<Path> sources) throws IOException, InterruptedException {
    Thread counting = Thread.ofVirtual().name("import-count").start(() -> expect(sources));
    try (ExecutorService workers =
        Executors.newFixedThreadPool(settings.workers(), Thread.ofVirtual().factory())) {
      for (Path source : sources) {
        Path real = source.toRealPath();
        try (var journal =
            ImportJournal.open(
                journals, settings.siteId() + "|" + settings.origin() + "|" + real)) {
          new Run(workers, journal).source(real);
          drain();
        }
      }
    } finally {
      counting.interrupt();
    }
    ImportStoppedException why = stopped.get();
    if (why != null) {
      throw why;
    }
  }

  /**
   * Stores anew what lies in the store and no row names: instances that were received after the
   * backup that the database was restored from. The sweep removes the old blobs afterwards.
   *
   * @param before younger blobs may be on their way in, and are left alone
   */
  public void runUnnamed(BlobStore blobs, DigestRows rows, Instant before)
      throws IOException, InterruptedException {
    try (ExecutorService workers =
            Executors.newFixedThreadPool(settings.workers(), Thread.ofVirtual().factory());
        var journal = ImportJournal.open(journals, settings.siteId() + "|unnamed")) {
      Run run = new Run(workers, journal);
      blobs.list(blob -> {
        if (blob.storedAt().isBefore(before) && rows.of(blob.key()).isEmpty()) {
          try {
            run.submit(unnamed(blobs, blob));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      });
      drain();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    ImportStoppedException why = stopped.get();
    if (why != null) {
      throw why;
    }
  }

  private static Found unnamed(BlobStore blobs, StoredBlob blob) {
    String name = blob.key().id().toString();
    return new Found(name, name, blob.byteCount(), false, () -> blobs.open(blob.key()));
  }

  private void expect(List<Path> sources) {
    AtomicLong files = new AtomicLong();
    AtomicLong bytes = new AtomicLong();
    try {
      for (Path source : sources) {
        FileTree.count(source.toRealPath(), files, bytes);
      }
      progress.expect(files.get(), bytes.get());
    } catch (IOException _) {
      // The bar goes without an end.
    }
  }

  private void drain() {
    places.acquireUninterruptibly(allPlaces);
    places.release(allPlaces);
  }

  /** One source with its journal. */
  private final class Run {
    private final ExecutorService workers;
    private final ImportJournal journal;

    Run(ExecutorService workers, ImportJournal journal) {
      this.workers = workers;
      this.journal = journal;
    }

    void source(Path source) throws IOException {
      if (Files.isDirectory(source)) {
        FileTree.walk(
            source,
            new FileTree.Visitor() {
              @Override
              public void file(Path file, BasicFileAttributes attributes) throws IOException {
                single(file, attributes);
              }

              @Override
              public void other(Path path, ImportOutcome outcome) {
                tally.add(outcome, "", path.toString());
              }
            });
        return;
      }
      BasicFileAttributes attributes = Files.readAttributes(source, BasicFileAttributes.class);
      if (isDirectoryOfMedium(source)) {
        medium(source);
      } else {
        single(source, attributes);
      }
    }

    private void single(Path file, BasicFileAttributes attributes) throws IOException {
      if (file.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
        zip(file);
      } else {
        submit(FileTree.found(file, attributes));
      }
    }

    private void zip(Path file) throws IOException {
      try (ZipSource zip = ZipSource.open(file)) {
        progress.expectMore(zip.files() - 1, zip.byteCount() - Files.size(file));
        zip.entries(this::submit);
        drain();
      } catch (ZipSource.TooLargeException e) {
        tally.add(ImportOutcome.ARCHIVE_TOO_LARGE, "", file.toString());
      } catch (ZipException | IllegalArgumentException e) {
        tally.add(ImportOutcome.UNREADABLE, "ZIP", file.toString());
      }
    }

    /** Only what the DICOMDIR names, and only where that lies below its folder. */
    private void medium(Path directory) throws IOException {
      Path root = directory.resolveSibling(".").normalize();
      tally.add(ImportOutcome.DIRECTORY, "", directory.toString());
      try {
        DicomDirReader.read(
            directory,
            record ->
                record.file().filter(_ -> record.isInUse()).ifPresent(id -> member(root, id)));
      } catch (DicomFormatException e) {
        tally.add(ImportOutcome.UNREADABLE, "DICOMDIR " + e.code(), directory.toString());
      } catch (UncheckedIOException e) {
        throw new IOException("the medium cannot be read", e);
      }
    }

    private void member(Path root, FileId id) {
      try {
        Path file = id.resolve(root).orElse(null);
        if (file == null) {
          tally.add(ImportOutcome.NOT_ON_MEDIUM, "", id.toString());
        } else {
          submit(FileTree.found(file, Files.readAttributes(file, BasicFileAttributes.class)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void submit(Found file) throws IOException {
      ImportStoppedException why = stopped.get();
      if (why != null) {
        throw why;
      }
      places.acquireUninterruptibly();
      workers.execute(() -> {
        try {
          one(file);
        } finally {
          places.release();
        }
      });
    }

    private void one(Found file) {
      try {
        if (stopped.get() == null && !isKnown(file)) {
          store(file);
        }
        progress.done(file.byteCount());
      } catch (ImportStoppedException e) {
        stopped.compareAndSet(null, e);
      } catch (ZipSource.TooLargeException e) {
        tally.add(ImportOutcome.ARCHIVE_TOO_LARGE, "", file.name());
      } catch (IOException e) {
        tally.add(ImportOutcome.UNREADABLE, "", file.name());
      } catch (RuntimeException e) {
        stopped.compareAndSet(
            null, new ImportStoppedException("the database: " + e.getClass().getSimpleName()));
      }
    }

    /** The journal's word counts only where the catalog has that very instance. */
    private boolean isKnown(Found file) {
      ImportJournal.Entry entry = journal.find(file).orElse(null);
      if (entry == null) {
        return false;
      }
      if (entry.instanceId() == 0) {
        tally.add(ImportOutcome.NOT_DICOM, "", file.name());
        return true;
      }
      boolean stored =
          catalog
              .instance(entry.instanceId())
              .filter(instance -> instance.siteId().equals(settings.siteId()))
              .filter(instance ->
                  ImportJournal.uidDigest(instance.instance().value().value()) == entry.uidDigest())
              .isPresent();
      if (stored) {
        tally.add(ImportOutcome.ALREADY_STORED, "", file.name());
      }
      return stored;
    }

    private void store(Found file) throws IOException {
      long waited = 0;
      for (long wait = 1_000; ; wait *= 2) {
        PartTenResult result = attempt(file);
        if (result == null) {
          return;
        }
        if (!(result.result() instanceof IngestResult.Refused refused)
            || refused.reason().retry() != RefusalReason.Retry.LATER) {
          tell(file, result);
          return;
        }
        if (waited >= MOST_WAIT_MILLIS || stopped.get() != null) {
          throw new ImportStoppedException(refused.reason().comment());
        }
        waited += wait;
        pause(wait);
      }
    }

    /** Null where it was no DICOM file. */
    private @Nullable PartTenResult attempt(Found file) throws IOException {
      try (InputStream in = new BufferedInputStream(file.opening().open(), 1 << 16)) {
        switch (Recognition.of(in, PEEKED)) {
          case DICOM -> {
            PartTenResult result =
                ingest.ingestPartTen(settings.siteId(), settings.origin(), in, null);
            steps.reached("instance-decided");
            return result;
          }
          case ARCHIVE -> {
            if (file.inArchive()) {
              tally.add(ImportOutcome.NESTED_ARCHIVE, "", file.name());
              return null;
            }
          }
          case OTHER -> {
            // Counted below.
          }
        }
        tally.add(ImportOutcome.NOT_DICOM, "", file.name());
        journal.add(file, new ImportJournal.Entry(0, 0));
        return null;
      }
    }

    private void tell(Found file, PartTenResult result) throws IOException {
      switch (result.result()) {
        case IngestResult.Stored stored -> {
          tally.add(ImportOutcome.STORED, "", file.name());
          remember(file, stored.instance());
        }
        case IngestResult.AlreadyStored stored -> {
          tally.add(ImportOutcome.ALREADY_STORED, "", file.name());
          remember(file, stored.instance());
        }
        case IngestResult.Quarantined quarantined ->
            tally.add(ImportOutcome.QUARANTINED, quarantined.reason().name(), file.name());
        case IngestResult.Refused refused -> {
          if (result.sopClass().equals(Uids.MediaStorageDirectoryStorage)) {
            tally.add(ImportOutcome.DIRECTORY, "", file.name());
          } else {
            tally.add(ImportOutcome.REFUSED, refused.reason().comment(), file.name());
          }
        }
      }
    }

    private void remember(Found file, InstanceRef instance) throws IOException {
      journal.add(
          file,
          new ImportJournal.Entry(
              instance.instanceId(), ImportJournal.uidDigest(instance.instance().value().value())));
    }
  }

  private static boolean isDirectoryOfMedium(Path file) {
    try {
      return DicomDirReader.isDicomDir(
          DicomReader.readPart10(file, ReadOptions.defaults().withStopBefore(Tag.FileSetID))
              .fileMeta());
    } catch (IOException _) {
      return false;
    }
  }

  private static void pause(long millis) throws ImportStoppedException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ImportStoppedException("interrupted");
    }
  }
}
