package org.heliograph.node.prepare;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.io.DicomFormatException;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PixelDataException;
import org.heliograph.node.prepare.Recompression.Recoded;
import org.heliograph.node.spool.Prepared;
import org.heliograph.node.spool.SpoolCode;
import org.heliograph.node.spool.SpooledInstance;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one instance ready to be sent on: its file is held against what was received; it becomes
 * smaller without loss where that is possible, its UIDs kept; images get a preview.
 *
 * <p>Only a damaged file is a reason not to send. Whatever else goes wrong, with a hostile object
 * or a full disk, the original goes as it came. Images are worked on one at a time, since a small
 * gateway has memory for one; native ones need that of a few rows, whatever their size.
 */
public final class Preparing {
  private static final Logger LOG = LoggerFactory.getLogger(Preparing.class);

  private final PrepareSettings settings;
  private final ReentrantLock images = new ReentrantLock();

  public Preparing(PrepareSettings settings) {
    this.settings = settings;
  }

  /**
   * Prepares.
   *
   * @param file the instance's Part 10 file; it is not changed
   * @throws IOException the file could not be read; trying later may help
   */
  public Preparation prepare(SpooledInstance instance, Path file, Targets targets)
      throws IOException {
    FileDigest found;
    try {
      found = FileDigest.measureDataset(file);
    } catch (DicomFormatException | EOFException e) {
      return new Preparation.Damaged(SpoolCode.DAMAGED);
    }
    if (!found.equals(new FileDigest(instance.receivedDigest(), instance.receivedBytes()))) {
      return new Preparation.Damaged(SpoolCode.DAMAGED);
    }
    images.lock();
    try {
      return new Preparation.Ready(looked(instance, found, file, targets));
    } finally {
      images.unlock();
    }
  }

  /** What is known of an object beside its bytes. */
  private static final class Findings {
    private @Nullable Recoded recoded;
    private @Nullable ImageDescription image;
    private boolean preview;
  }

  private Prepared looked(SpooledInstance instance, FileDigest found, Path file, Targets targets) {
    var findings = new Findings();
    Path folder = Targets.folderOf(targets.newFile());
    try (StoredObject object = StoredObject.open(file, folder)) {
      findings.image = image(object.object().dataset());
      if (findings.image != null) {
        findings.recoded = recoded(instance.id(), object, found.lengthBytes(), targets);
        findings.preview = preview(instance.id(), object, targets);
      }
    } catch (IOException | RuntimeException e) {
      logUnprepared(instance.id(), "header", e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      logUnprepared(instance.id(), "header", e);
    }
    Recoded recoded = findings.recoded;
    ImageDescription image = findings.image;
    return new Prepared(
        recoded == null ? instance.received() : recoded.syntax().transferSyntaxUid(),
        recoded == null ? found.sha256() : recoded.dataset().sha256(),
        recoded == null ? found.lengthBytes() : recoded.dataset().lengthBytes(),
        recoded == null ? null : recoded.pixelDigest(),
        false,
        image == null ? null : image.rows(),
        image == null ? null : image.columns(),
        image == null ? 0 : image.numberOfFrames(),
        recoded == null ? null : targets.newFile(),
        findings.preview ? targets.newPreview() : null);
  }

  private static @Nullable ImageDescription image(Dataset dataset) {
    boolean pixels =
        dataset.contains(Tag.PixelData)
            || dataset.contains(Tag.FloatPixelData)
            || dataset.contains(Tag.DoubleFloatPixelData);
    try {
      return pixels ? ImageDescription.of(dataset) : null;
    } catch (PixelDataException e) {
      return null;
    }
  }

  private @Nullable Recoded recoded(
      UUID id, StoredObject object, long datasetBytes, Targets targets) {
    if (!settings.recompress()) {
      return null;
    }
    Recoded recoded = null;
    try {
      recoded = Recompression.lossless(object, datasetBytes, targets.newFile()).orElse(null);
    } catch (IOException | RuntimeException e) {
      logUnprepared(id, "recompression", e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      logUnprepared(id, "recompression", e);
    }
    if (recoded == null) {
      remove(id, targets.newFile());
    }
    return recoded;
  }

  private boolean preview(UUID id, StoredObject object, Targets targets) {
    try {
      int most = Math.min(settings.previewBytes(), targets.previewBytes());
      Optional<byte[]> jpeg = Preview.of(object.frames(), most);
      if (jpeg.isPresent()) {
        Files.write(targets.newPreview(), jpeg.get());
        return true;
      }
    } catch (PixelDataException e) {
      LOG.debug("event=prepare.preview-none instance={}", id);
    } catch (IOException | RuntimeException e) {
      logUnprepared(id, "preview", e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      logUnprepared(id, "preview", e);
    }
    remove(id, targets.newPreview());
    return false;
  }

  private static void remove(UUID id, Path unwanted) {
    try {
      Files.deleteIfExists(unwanted);
    } catch (IOException e) {
      logUnprepared(id, "removal", e);
    }
  }

  /** Messages of exceptions may repeat file names: only the kind is logged. */
  private static void logUnprepared(UUID id, String step, Throwable e) {
    LOG.warn(
        "event=prepare.left-as-it-is instance={} step={} fault={}",
        id,
        step,
        e.getClass().getSimpleName());
  }
}
