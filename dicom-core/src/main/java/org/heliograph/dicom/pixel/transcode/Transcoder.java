package org.heliograph.dicom.pixel.transcode;

import java.io.IOException;
import java.util.Arrays;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.pixel.DamagedPixelDataException;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.FrameDecoder;
import org.heliograph.dicom.pixel.FrameEncoder;
import org.heliograph.dicom.pixel.FrameReader;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.NativeRows;
import org.heliograph.dicom.pixel.PixelDataException;
import org.heliograph.dicom.pixel.UnsupportedPixelDataException;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions.LossySource;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions.LossyTarget;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions.Verification;
import org.heliograph.dicom.pixel.transcode.Transcoding.Fidelity;
import org.heliograph.dicom.pixel.transcode.Transcoding.NotTranscoded;
import org.heliograph.dicom.pixel.transcode.Transcoding.Reason;
import org.heliograph.dicom.pixel.transcode.Transcoding.Transcoded;

/**
 * Brings an object from one transfer syntax to another, frame by frame (PS3.5 Section 8.2 and Annex
 * A.4): for C-MOVE, C-GET and DICOMweb, whose peers choose, and for storage.
 *
 * <p>Nothing is lost silently: a lossy object is decoded, and a lossy one made, only if the options
 * say so. Without loss the SOP Instance UID stays; with loss a derived instance comes out. One
 * frame is in memory at a time; encoded frames wait in memory or in a temporary file, because
 * offset tables stand before them and because a fault in the last frame must be known before the
 * first byte is sent. Stateless; may be used by several threads at once.
 */
public final class Transcoder {

  /** Synthetic offsets of native pixel data in the spool, behind any real one. */
  private static final long SPOOL = 1L << 62;

  private final TranscodeOptions options;

  public Transcoder(TranscodeOptions options) {
    this.options = options;
  }

  /**
   * Whether images can be brought from one syntax to the other, if they fit and nothing is lost.
   */
  public static boolean supports(TransferSyntax from, TransferSyntax to) {
    return from.uid().equals(to.uid())
        || (!from.encapsulated() && !to.encapsulated() && isPlain(from) && isPlain(to))
        || (FrameDecoder.supports(from.uid()) && (isPlain(to) || FrameEncoder.supports(to.uid())));
  }

  /** The five transfer syntaxes whose pixel data is native. */
  private static boolean isPlain(TransferSyntax syntax) {
    return switch (syntax.uid()) {
      case Uids.ImplicitVrLittleEndian,
          Uids.ExplicitVrLittleEndian,
          Uids.ExplicitVrBigEndian,
          Uids.DeflatedExplicitVrLittleEndian ->
          true;
      default -> false;
    };
  }

  /**
   * @param source the bytes that the object was read from
   * @return the object in the target syntax, or why there is none
   * @throws IOException the source or the temporary file failed; trying later may help
   */
  public Transcoding transcode(ParsedObject object, BulkSource source, TransferSyntax target)
      throws IOException {
    try {
      return changed(object, source, target);
    } catch (UnsupportedPixelDataException e) {
      return new NotTranscoded(Reason.SOURCE_NOT_DECODED, String.valueOf(e.getMessage()));
    } catch (PixelDataException e) {
      return new NotTranscoded(Reason.DAMAGED, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Makes a derived instance of native pixel data in JPEG-LS near-lossless, with a SOP Instance UID
   * of its own. The ratio that it has is in Lossy Image Compression Ratio (0028,2112).
   *
   * @param near how far off a sample may come back, 1 to 255
   * @return the derived object, or why there is none: always if the options refuse a lossy target
   * @throws IOException the source or the temporary file failed; trying later may help
   */
  public Transcoding nearLossless(ParsedObject object, BulkSource source, int near)
      throws IOException {
    TransferSyntax from = object.transferSyntax();
    if (options.lossyTarget() == LossyTarget.REFUSE) {
      return new NotTranscoded(Reason.LOSSY_TARGET, Uids.JpegLsNearLossless + " is lossy");
    }
    if (PixelAttributes.isLossy(object.dataset(), from.uid())) {
      return new NotTranscoded(Reason.LOSSY_SOURCE, "pixels are lossy already");
    }
    if (!isPlain(from) || PixelAttributes.hasNestedFragments(object.dataset())) {
      return new NotTranscoded(Reason.SOURCE_NOT_DECODED, "pixels are not native");
    }
    try {
      return recoded(
          object,
          source,
          TransferSyntax.of(Uids.JpegLsNearLossless),
          Uids.JpegLsNearLossless,
          image -> FrameEncoder.nearLossless(image, near));
    } catch (UnsupportedPixelDataException e) {
      return new NotTranscoded(Reason.SOURCE_NOT_DECODED, String.valueOf(e.getMessage()));
    } catch (PixelDataException e) {
      return new NotTranscoded(Reason.DAMAGED, String.valueOf(e.getMessage()));
    }
  }

  private Transcoding changed(ParsedObject object, BulkSource source, TransferSyntax target)
      throws IOException {
    TransferSyntax from = object.transferSyntax();
    Dataset dataset = object.dataset();
    boolean pixels =
        dataset.contains(Tag.PixelData)
            || dataset.contains(Tag.FloatPixelData)
            || dataset.contains(Tag.DoubleFloatPixelData);
    if (from.uid().equals(target.uid()) || (isPlain(from) && isPlain(target))) {
      return untouched(object, source, target);
    }
    if (!pixels) {
      // Referenced pixel data (JPIP) would be lost with its syntax.
      boolean same =
          isPlain(target)
              && (isPlain(from) || from.encapsulated())
              && !PixelAttributes.hasNestedFragments(dataset);
      return same
          ? untouched(object, source, target)
          : new NotTranscoded(Reason.NO_PIXEL_DATA, "object without pixel data");
    }
    if (!FrameDecoder.supports(from.uid())) {
      return new NotTranscoded(Reason.SOURCE_NOT_DECODED, "no decoder for " + from.uid());
    }
    if (!isPlain(target) && !FrameEncoder.supports(target.uid())) {
      return new NotTranscoded(Reason.TARGET_NOT_ENCODED, "no encoder for " + target.uid());
    }
    if (PixelAttributes.isLossy(dataset, from.uid())
        && options.lossySource() == LossySource.REFUSE) {
      return new NotTranscoded(Reason.LOSSY_SOURCE, "pixels are lossy already");
    }
    if (FrameEncoder.isLossy(target.uid()) && options.lossyTarget() == LossyTarget.REFUSE) {
      return new NotTranscoded(Reason.LOSSY_TARGET, target.uid() + " is lossy");
    }
    if (PixelAttributes.hasNestedFragments(dataset)) {
      return new NotTranscoded(Reason.NESTED_PIXEL_DATA, "compressed pixel data in a sequence");
    }
    return recoded(object, source, target);
  }

  private static Transcoded untouched(
      ParsedObject object, BulkSource source, TransferSyntax target) {
    Dataset meta =
        object.fileMeta().toBuilder().string(Tag.TransferSyntaxUID, target.uid()).build();
    return new Transcoded(meta, target, object.dataset(), source, Fidelity.UNTOUCHED, () -> {});
  }

  /** Makes the encoder for samples as they are. */
  private interface EncoderChoice {
    FrameEncoder of(ImageDescription image) throws UnsupportedPixelDataException;
  }

  private Transcoding recoded(ParsedObject object, BulkSource source, TransferSyntax target)
      throws IOException {
    String encoding = target.encapsulated() ? target.uid() : Uids.ExplicitVrLittleEndian;
    return recoded(
        object,
        source,
        target,
        encoding,
        image -> FrameEncoder.of(encoding, image, options.jpegQuality()));
  }

  private Transcoding recoded(
      ParsedObject object,
      BulkSource source,
      TransferSyntax target,
      String encoding,
      EncoderChoice choice)
      throws IOException {
    FrameReader reader = FrameReader.of(object, source, options.limits());
    boolean nativeRows = reader.hasNativeRows() && isJpegLs(encoding);
    DecodedFrame first = nativeRows ? null : reader.stored(0);
    FrameEncoder encoder;
    try {
      encoder = choice.of(first == null ? reader.nativeRowsDescription() : first.description());
    } catch (UnsupportedPixelDataException e) {
      return new NotTranscoded(Reason.SAMPLES_DO_NOT_FIT, String.valueOf(e.getMessage()));
    }
    EncodedFrames frames =
        new EncodedFrames(
            new FrameSpool(options.folder(), options.maxInMemoryBytes()), reader.frameCount());
    boolean done = false;
    try {
      for (int i = 0; i < reader.frameCount(); i++) {
        boolean kept =
            first == null
                ? addRows(frames, reader, i, encoder)
                : add(frames, i == 0 ? first : reader.stored(i), encoder, target, encoding);
        if (!kept) {
          return new NotTranscoded(Reason.NOT_VERIFIED, "frame " + i + " does not come back");
        }
      }
      if (!target.encapsulated() && frames.byteCount() > EncodedFrames.MAX_NATIVE_BYTES) {
        return new NotTranscoded(
            Reason.SAMPLES_DO_NOT_FIT, frames.byteCount() + " bytes of native pixel data");
      }
      Transcoded result = assembled(object, source, target, encoder, frames);
      done = true;
      return result;
    } finally {
      if (!done) {
        frames.spool().close();
      }
    }
  }

  private static boolean isJpegLs(String encoding) {
    return encoding.equals(Uids.JpegLsLossless) || encoding.equals(Uids.JpegLsNearLossless);
  }

  private boolean add(
      EncodedFrames frames,
      DecodedFrame frame,
      FrameEncoder encoder,
      TransferSyntax target,
      String encoding)
      throws IOException {
    byte[] encoded = encoder.encode(frame);
    if (target.encapsulated()
        && options.verification() == Verification.DECODE_EACH_FRAME
        && !comesBack(frame, encoded, encoder.description(), encoding)) {
      return false;
    }
    frames.add(encoded, target.encapsulated());
    return true;
  }

  /** Native frames become JPEG-LS row by row, so that large ones need little memory. */
  private boolean addRows(EncodedFrames frames, FrameReader reader, int frame, FrameEncoder encoder)
      throws IOException {
    frames.add(
        encoder,
        sink -> {
          try (NativeRows rows = reader.nativeRows(frame)) {
            rows.to(sink);
          }
        });
    return options.verification() == Verification.NONE
        || RowCheck.comesBack(reader, frame, frames.last(), encoder.description(), encoder.near());
  }

  private boolean comesBack(
      DecodedFrame frame, byte[] encoded, ImageDescription image, String encoding)
      throws IOException {
    try {
      DecodedFrame back = FrameDecoder.stored(encoded, 0, encoding, image, options.limits());
      return FrameEncoder.isLossy(encoding)
          ? back.cells().length == frame.cells().length
          : Arrays.equals(back.cells(), frame.cells());
    } catch (DamagedPixelDataException e) {
      return false;
    }
  }

  private Transcoded assembled(
      ParsedObject object,
      BulkSource source,
      TransferSyntax target,
      FrameEncoder encoder,
      EncodedFrames frames) {
    ImageDescription image = encoder.description();
    boolean lossy = encoder.isLossy();
    boolean wasLossy = PixelAttributes.isLossy(object.dataset(), object.transferSyntax().uid());
    Dataset dataset = PixelAttributes.described(object.dataset(), image, wasLossy);
    if (lossy) {
      double nativeBytes = (double) image.samples() * image.bytesPerSample() * frames.count();
      String method = encoder.near() > 0 ? "ISO_14495_1" : "ISO_10918_1";
      dataset =
          PixelAttributes.derived(
              dataset, nativeBytes / frames.byteCount(), method, encoder.near());
    }
    Dataset.Builder builder = dataset.toBuilder();
    if (target.encapsulated()) {
      frames.encapsulated(builder);
    } else {
      builder.element(frames.nativePixels(SPOOL, image.bitsAllocated()));
    }
    Dataset meta =
        object.fileMeta().toBuilder()
            .string(Tag.TransferSyntaxUID, target.uid())
            .string(Tag.MediaStorageSOPInstanceUID, dataset.string(Tag.SOPInstanceUID, ""))
            .build();
    FrameSpool spool = frames.spool();
    BulkSource both =
        (offset, length) ->
            offset >= SPOOL ? spool.open(offset - SPOOL, length) : source.open(offset, length);
    return new Transcoded(
        meta, target, builder.build(), both, lossy ? Fidelity.LOSSY : Fidelity.LOSSLESS, spool);
  }
}
