package org.heliograph.archive.ingest.photo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.heliograph.dicom.pixel.DamagedPixelDataException;
import org.heliograph.dicom.pixel.DecodeLimits;
import org.heliograph.dicom.pixel.UnsupportedPixelDataException;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.jpeg.JpegHeader;
import org.heliograph.dicom.pixel.render.ExifOrientation;
import org.heliograph.dicom.pixel.render.PictureOrientation;
import org.heliograph.dicom.pixel.render.PictureReader;
import org.heliograph.dicom.pixel.render.PictureWriter;
import org.jspecify.annotations.Nullable;

/**
 * From the bytes of an uploaded file to an upright baseline JPEG without metadata.
 *
 * <p>The camera's own baseline JPEG keeps its compressed pixels; everything else is decoded and
 * encoded once at high quality. Each file is decoded in any case: what does not decode is refused.
 */
final class PhotoPreparation {

  private static final float QUALITY = 0.95f;

  private final PhotoLimits limits;
  private final DecodeLimits decoding;

  PhotoPreparation(PhotoLimits limits) {
    this.limits = limits;
    this.decoding = new DecodeLimits(limits.maxPixels(), 256L << 20, Duration.ofSeconds(20));
  }

  PreparedPhoto prepare(byte[] file) throws PhotoRefusedException, IOException {
    if (file.length == 0) {
      throw new PhotoRefusedException(PhotoRefusal.EMPTY);
    }
    if (file.length > limits.maxBytes()) {
      throw new PhotoRefusedException(PhotoRefusal.TOO_MANY_BYTES);
    }
    PhotoFormat format = PhotoFormat.of(file);
    try {
      return switch (format) {
        case JPEG -> jpeg(file);
        case PNG -> png(file);
        default -> throw new PhotoRefusedException(PhotoRefusal.of(format));
      };
    } catch (DamagedPixelDataException e) {
      throw new PhotoRefusedException(PhotoRefusal.DAMAGED, e);
    } catch (UnsupportedPixelDataException e) {
      throw new PhotoRefusedException(PhotoRefusal.UNSUPPORTED_ENCODING, e);
    } catch (CodecException e) {
      throw new PhotoRefusedException(PhotoRefusal.DAMAGED, e);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      // Segments that lie about their lengths; the walkers over them do not check each byte.
      throw new PhotoRefusedException(PhotoRefusal.DAMAGED, e);
    }
  }

  private PreparedPhoto jpeg(byte[] file) throws PhotoRefusedException, IOException {
    JpegHeader header = JpegHeader.of(file);
    limits.check(header.columns(), header.rows());
    if (header.process() > 2 || header.precision() != 8) {
      throw new PhotoRefusedException(PhotoRefusal.UNSUPPORTED_ENCODING);
    }
    BufferedImage image = PictureReader.jpeg(file, decoding);
    PictureOrientation orientation = ExifOrientation.ofJpeg(file);
    JpegSegments segments = new JpegSegments(file);
    byte @Nullable [] icc = usable(segments.iccProfile(), header.components());
    long uncompressed = (long) header.columns() * header.rows() * header.components();
    double ratio = (double) uncompressed / header.imageBytes();
    boolean keep =
        header.process() == 0
            && header.components() != 4
            && orientation == PictureOrientation.TOP_LEFT
            && !header.storesRgb(false);
    if (keep) {
      byte[] clean = segments.withoutMetadata();
      return new PreparedPhoto(
          clean,
          header.columns(),
          header.rows(),
          header.components() == 1,
          icc,
          List.of((double) uncompressed / clean.length),
          false,
          warnings(header.columns(), header.rows()));
    }
    return encoded(orientation.upright(image), icc, List.of(ratio));
  }

  private PreparedPhoto png(byte[] file) throws PhotoRefusedException, IOException {
    PngChunks chunks = new PngChunks(file);
    limits.check(chunks.width(), chunks.height());
    if (!chunks.complete()) {
      throw new PhotoRefusedException(PhotoRefusal.DAMAGED);
    }
    BufferedImage image = PictureReader.png(file, decoding);
    byte @Nullable [] icc = usable(chunks.iccProfile(), image.getRaster().getNumBands());
    return encoded(chunks.orientation().upright(image), icc, List.of());
  }

  private PreparedPhoto encoded(
      BufferedImage image, byte @Nullable [] icc, List<Double> earlierRatios) throws IOException {
    byte[] jpeg = PictureWriter.toJpeg(image, QUALITY);
    int bands = image.getRaster().getNumBands();
    List<Double> ratios = new ArrayList<>(earlierRatios);
    ratios.add((double) image.getWidth() * image.getHeight() * bands / jpeg.length);
    return new PreparedPhoto(
        icc == null ? jpeg : PictureWriter.withIccProfile(jpeg, icc),
        image.getWidth(),
        image.getHeight(),
        bands == 1,
        icc,
        ratios,
        !earlierRatios.isEmpty(),
        warnings(image.getWidth(), image.getHeight()));
  }

  private Set<PhotoWarning> warnings(int width, int height) {
    Set<PhotoWarning> warnings = EnumSet.noneOf(PhotoWarning.class);
    if (!limits.isGood(width, height)) {
      warnings.add(PhotoWarning.LOW_RESOLUTION);
    }
    return warnings;
  }

  /** Only a profile for the samples that the picture has: a CMYK one means nothing for RGB. */
  private static byte @Nullable [] usable(byte @Nullable [] profile, int components) {
    if (profile == null || profile.length < 132) {
      return null;
    }
    String signature = new String(profile, 36, 4, StandardCharsets.ISO_8859_1);
    String space = new String(profile, 16, 4, StandardCharsets.ISO_8859_1);
    boolean fits = components == 3 ? space.equals("RGB ") : components == 1 && space.equals("GRAY");
    return signature.equals("acsp") && fits ? profile : null;
  }
}
