package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.retrieve.NoSuchFrameException;
import org.heliograph.archive.retrieve.StoredFrame;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.FrameDecoder;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PixelDataException;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** WADO-RS frames and bulk data (PS3.18 10.4.1.1.6, 10.4.1.1.5). */
@RestController
@RequestMapping("/dicomweb/studies/{study}/series/{series}/instances/{instance}")
class FrameEndpoint {
  private static final Pattern FRAMES = Pattern.compile("\\d{1,9}(,\\d{1,9}){0,4999}");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  private static final Semaphore DECODERS = new Semaphore(4, true);
  private static final long PATIENCE_SECONDS = 20;

  private final VisibleInstances visible;
  private final Archive archive;

  FrameEndpoint(VisibleInstances visible, Archive archive) {
    this.visible = visible;
    this.archive = archive;
  }

  /** A part whose bytes come from the archive. */
  private record FramePart(StoredFrame frame, String contentType) implements MultipartRelated.Part {
    @Override
    public long byteCount() {
      return frame.byteCount();
    }

    @Override
    public MultipartRelated.Source open() throws IOException {
      return MultipartRelated.Source.of(frame.open());
    }
  }

  @GetMapping("/frames/{list}")
  void frames(
      @PathVariable("study") String study,
      @PathVariable("series") String series,
      @PathVariable("instance") String instance,
      @PathVariable("list") String list,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!FRAMES.matcher(list).matches()) {
      throw new ProblemException(ProblemCode.NO_SUCH_FRAME);
    }
    StoredInstance stored = visible.one(study, series, instance, "frames");
    List<StoredFrame> frames = find(stored, list);
    FrameAnswer answer =
        FrameAnswer.choose(AcceptedMedia.parse(request.getHeader("Accept")), stored, frames.size());
    if (Unchanged.since(request, response, List.of(stored), list + answer)) {
      return;
    }
    List<FramePart> parts = new ArrayList<>(frames.size());
    Dataset header = answer.decoded() ? archive.retrieve().header(stored) : Dataset.empty();
    long frameBytes = answer.decoded() ? decode(stored, header, frames.getFirst()).length : 0;
    for (StoredFrame frame : frames) {
      StoredFrame given = answer.decoded() ? new Decoded(stored, header, frame, frameBytes) : frame;
      parts.add(new FramePart(given, answer.contentType()));
    }
    if (answer.multipart()) {
      MultipartRelated.write(response, answer.mediaType(), parts);
    } else {
      MultipartRelated.writeSingle(response, parts.getFirst());
    }
  }

  @GetMapping("/bulkdata/{range}")
  void bulkData(
      @PathVariable("study") String study,
      @PathVariable("series") String series,
      @PathVariable("instance") String instance,
      @PathVariable("range") String range,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var bounds = RANGE.matcher(range);
    if (!bounds.matches()) {
      throw new ProblemException(ProblemCode.NOT_FOUND);
    }
    StoredInstance stored = visible.one(study, series, instance, "bulkdata");
    long offset = Long.parseLong(bounds.group(1));
    long byteCount = Long.parseLong(bounds.group(2));
    if (Unchanged.since(request, response, List.of(stored), range)) {
      return;
    }
    var part = new FramePart(new Bulk(stored, offset, byteCount), FrameForms.OCTETS);
    try {
      if (AcceptedMedia.parse(request.getHeader("Accept")).getFirst().multipart()) {
        MultipartRelated.write(response, FrameForms.OCTETS, List.of(part));
      } else {
        MultipartRelated.writeSingle(response, part);
      }
    } catch (IndexOutOfBoundsException e) {
      response.reset();
      throw new ProblemException(ProblemCode.NOT_FOUND, e);
    }
  }

  private List<StoredFrame> find(StoredInstance stored, String list) {
    List<StoredFrame> frames = new ArrayList<>();
    try {
      for (String number : list.split(",", -1)) {
        frames.add(archive.retrieve().frame(stored, Integer.parseInt(number)));
      }
    } catch (NoSuchFrameException e) {
      throw new ProblemException(ProblemCode.NO_SUCH_FRAME, e);
    }
    return frames;
  }

  /** A range of the data set. */
  private final class Bulk implements StoredFrame {
    private final StoredInstance stored;
    private final long offset;
    private final long byteCount;

    Bulk(StoredInstance stored, long offset, long byteCount) {
      this.stored = stored;
      this.offset = offset;
      this.byteCount = byteCount;
    }

    @Override
    public long byteCount() {
      return byteCount;
    }

    @Override
    public InputStream open() throws IOException {
      return archive.retrieve().bulkData(stored, offset, byteCount);
    }
  }

  /** The samples of a frame, plain and little endian; so many at once as the memory is for. */
  private static byte[] decode(StoredInstance stored, Dataset header, StoredFrame frame)
      throws IOException {
    try {
      if (!DECODERS.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new ProblemException(ProblemCode.BUSY, "the picture decoders");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a decoder");
    }
    try {
      ImageDescription image = ImageDescription.of(header);
      DecodedFrame decoded =
          FrameDecoder.decode(frame.bytes(), stored.transferSyntax().value().value(), image);
      // Samples of another colour space than the header says would be shown in wrong colours.
      if (decoded.description().photometricInterpretation() != image.photometricInterpretation()) {
        throw new ProblemException(ProblemCode.TRANSFER_SYNTAX_NOT_AVAILABLE);
      }
      return decoded.cells();
    } catch (PixelDataException e) {
      throw new ProblemException(ProblemCode.TRANSFER_SYNTAX_NOT_AVAILABLE, e);
    } finally {
      DECODERS.release();
    }
  }

  /** A frame that is decoded when it is its turn: of a long list only one is in memory. */
  private record Decoded(StoredInstance stored, Dataset header, StoredFrame frame, long byteCount)
      implements StoredFrame {
    @Override
    public InputStream open() throws IOException {
      byte[] samples = decode(stored, header, frame);
      if (samples.length != byteCount) {
        throw new IOException("frames of different sizes");
      }
      return new ByteArrayInputStream(samples);
    }
  }
}
