package org.heliograph.node.watch;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.heliograph.dicom.pixel.DecodeLimits;
import org.heliograph.dicom.pixel.render.PictureReader;
import org.heliograph.node.prepare.Preview;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Previews of photos; a photo without one is taken all the same. */
final class Photos {
  private static final Logger LOG = LoggerFactory.getLogger(Photos.class);
  private static final DecodeLimits LIMITS =
      new DecodeLimits(60_000_000, 64L << 20, Duration.ofSeconds(20));

  private Photos() {}

  /** A new file in the scratch folder; null if there is no preview. */
  static @Nullable Path preview(Path file, FileKind kind, WatchSettings settings)
      throws IOException {
    if (kind != FileKind.JPEG && kind != FileKind.PNG) {
      return null;
    }
    byte[] photo = Files.readAllBytes(file);
    try {
      BufferedImage small = PictureReader.small(photo, 2 * Preview.MAX_SIDE, LIMITS);
      Optional<byte[]> jpeg = Preview.of(small, settings.previewBytes());
      if (jpeg.isPresent()) {
        Path preview = Files.createTempFile(settings.scratch(), "preview", ".tmp");
        return Files.write(preview, jpeg.get());
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      LOG.warn("event=watch.no-preview fault={}", e.getClass().getSimpleName());
    }
    return null;
  }
}
