package org.heliograph.archive.render;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.retrieve.NoSuchFrameException;
import org.heliograph.archive.retrieve.Retrieve;
import org.heliograph.archive.retrieve.StoredFrame;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.pixel.DecodeLimits;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.FrameDecoder;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PixelDataException;
import org.heliograph.dicom.pixel.UnsupportedPixelDataException;
import org.heliograph.dicom.pixel.render.FrameRenderer;
import org.heliograph.dicom.pixel.render.PictureWriter;
import org.heliograph.dicom.pixel.render.Presentation;

/**
 * Renders frames of stored instances. Reads only the frame's bytes from the blob store; a few
 * frames are decoded at a time, since each may need some hundred megabytes. Access is the caller's
 * matter.
 */
public final class Render {

  private static final int THUMBNAIL_SIDE = 256;
  private static final long PATIENCE_SECONDS = 20;

  /** Look-up tables have at most 65536 words. */
  private static final int TABLE_BYTES = 2 * 65536 + 2;

  private final Retrieve retrieve;
  private final DecodeLimits limits;
  private final Semaphore decoders;

  public Render(Retrieve retrieve) {
    this(retrieve, Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4));
  }

  Render(Retrieve retrieve, int atOnce) {
    this.retrieve = retrieve;
    this.limits = DecodeLimits.defaults();
    this.decoders = new Semaphore(atOnce, true);
  }

  /**
   * One frame.
   *
   * @param frame counted from 1
   * @throws NoSuchFrameException the instance has no such frame
   * @throws PixelDataException it cannot be decoded, now or ever
   * @throws RenderingBusyException too many others are being rendered
   */
  public RenderedPicture frame(StoredInstance instance, int frame, RenderRequest request)
      throws IOException, NoSuchFrameException {
    if (!FrameDecoder.supports(instance.transferSyntax().value().value())) {
      throw new UnsupportedPixelDataException(
          "no decoder for transfer syntax " + instance.transferSyntax().value().value());
    }
    StoredFrame stored = retrieve.frame(instance, frame);
    if (stored.byteCount() > limits.maxFrameBytes()) {
      throw new UnsupportedPixelDataException("frame of " + stored.byteCount() + " bytes");
    }
    acquire();
    try {
      return picture(instance, frame, stored, request);
    } finally {
      decoders.release();
    }
  }

  /** A small JPEG of the frame in the middle, where a cine loop shows more than at its ends. */
  public RenderedPicture thumbnail(StoredInstance instance)
      throws IOException, NoSuchFrameException {
    return frame(
        instance, (instance.numberOfFrames() + 1) / 2, RenderRequest.thumbnail(THUMBNAIL_SIDE));
  }

  private RenderedPicture picture(
      StoredInstance instance, int frame, StoredFrame stored, RenderRequest request)
      throws IOException {
    Dataset header = header(instance);
    ImageDescription description = ImageDescription.of(header);
    byte[] bytes = stored.bytes();
    if (isPictureAlready(instance, description, request)) {
      return new RenderedPicture(
          bytes, PictureFormat.JPEG, description.columns(), description.rows());
    }
    DecodedFrame decoded =
        FrameDecoder.decode(
            bytes, 0, instance.transferSyntax().value().value(), description, limits);
    Presentation presentation = Presentation.of(header, frame - 1, BulkSource.NONE);
    BufferedImage image =
        request.isWhole()
            ? FrameRenderer.render(decoded, presentation, request.window())
            : FrameRenderer.renderToFit(
                decoded,
                presentation,
                request.window(),
                request.region(),
                request.maxWidth(),
                request.maxHeight());
    return new RenderedPicture(
        encoded(image, request, header.bytes(Tag.ICCProfile)),
        request.format(),
        image.getWidth(),
        image.getHeight());
  }

  /** A colour photo in its own size is best shown by the very bytes the camera made. */
  private static boolean isPictureAlready(
      StoredInstance instance, ImageDescription description, RenderRequest request) {
    return instance.transferSyntax().value().value().equals("1.2.840.10008.1.2.4.50")
        && instance.sopClass().value().value().equals(Uids.VlPhotographicImageStorage)
        && request.format() == PictureFormat.JPEG
        && request.quality() == RenderRequest.USUAL_QUALITY
        && request.region() == null
        && description.samplesPerPixel() == 3
        && description.columns() <= request.maxWidth()
        && description.rows() <= request.maxHeight();
  }

  private static byte[] encoded(BufferedImage image, RenderRequest request, byte[] iccProfile)
      throws IOException {
    if (request.format() == PictureFormat.PNG) {
      return PictureWriter.toPng(image);
    }
    byte[] jpeg = PictureWriter.toJpeg(image, request.quality() / 100f);
    boolean color = image.getType() == BufferedImage.TYPE_3BYTE_BGR;
    return color && iccProfile.length > 0 ? PictureWriter.withIccProfile(jpeg, iccProfile) : jpeg;
  }

  /** The catalog's header has no long tables; the few objects that use some are read again. */
  private Dataset header(StoredInstance instance) throws IOException {
    Dataset header = retrieve.header(instance);
    boolean tables =
        header.string(Tag.PhotometricInterpretation, "").equals("PALETTE COLOR")
            || header.contains(Tag.RedPaletteColorLookupTableDescriptor)
            || header.contains(Tag.ModalityLUTSequence)
            || header.contains(Tag.VOILUTSequence);
    if (!tables) {
      return header;
    }
    try (InputStream dataset = retrieve.storedDataset(instance)) {
      return DicomReader.readDataset(
              dataset,
              TransferSyntax.of(instance.transferSyntax()),
              ReadOptions.defaults().withMaxInMemoryValueBytes(TABLE_BYTES))
          .dataset();
    }
  }

  private void acquire() throws IOException {
    try {
      if (!decoders.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new RenderingBusyException(PATIENCE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a decoder");
    }
  }
}
