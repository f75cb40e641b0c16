package org.heliograph.reader.dicomweb;

import static java.util.stream.Collectors.joining;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.render.RenderRequest;
import org.heliograph.archive.render.RenderedPicture;
import org.heliograph.archive.render.RenderingBusyException;
import org.heliograph.archive.retrieve.NoSuchFrameException;
import org.heliograph.dicom.pixel.PixelDataException;
import org.heliograph.dicom.pixel.render.SourceRegion;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.stereotype.Component;

/** Rendered frames as answers. */
@Component
class Pictures {
  private final Archive archive;

  Pictures(Archive archive) {
    this.archive = archive;
  }

  /** Answers with a picture of one frame, counted from 1, unless the browser has it already. */
  void write(
      StoredInstance stored,
      int frame,
      RenderRequest wanted,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (Unchanged.since(request, response, List.of(stored), frame + " " + wanted)) {
      return;
    }
    RenderedPicture picture = picture(stored, frame, wanted);
    response.setContentType(picture.format().mediaType());
    response.setContentLength(picture.bytes().length);
    response.getOutputStream().write(picture.bytes());
  }

  /** Answers with pictures in parts, each made when it is its turn. */
  void writeParts(
      List<Frame> frames,
      RenderRequest wanted,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    List<StoredInstance> instances = frames.stream().map(Frame::instance).distinct().toList();
    String numbers = frames.stream().map(frame -> "" + frame.number()).collect(joining(","));
    if (Unchanged.since(request, response, instances, "parts " + numbers + " " + wanted)) {
      return;
    }
    MultipartRelated.write(
        response,
        wanted.format().mediaType(),
        frames.stream().map(frame -> new Part(frame, wanted)).toList());
  }

  /** One frame, counted from 1. */
  record Frame(StoredInstance instance, int number) {}

  private final class Part implements MultipartRelated.Part {
    private final Frame frame;
    private final RenderRequest wanted;

    Part(Frame frame, RenderRequest wanted) {
      this.frame = frame;
      this.wanted = wanted;
    }

    @Override
    public String contentType() {
      return wanted.format().mediaType();
    }

    @Override
    public long byteCount() {
      return MultipartRelated.UNKNOWN;
    }

    @Override
    public MultipartRelated.Source open() throws IOException {
      byte[] picture = picture(frame.instance(), frame.number(), wanted).bytes();
      return MultipartRelated.Source.of(new ByteArrayInputStream(picture));
    }
  }

  private RenderedPicture picture(StoredInstance stored, int frame, RenderRequest wanted)
      throws IOException {
    SourceRegion region = wanted.region();
    Integer columns = stored.columns();
    Integer rows = stored.rows();
    if (region != null && columns != null && rows != null && !region.isWithin(columns, rows)) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "viewport", "not within the image");
    }
    try {
      return archive.render().frame(stored, frame, wanted);
    } catch (NoSuchFrameException e) {
      throw new ProblemException(ProblemCode.NO_SUCH_FRAME, e);
    } catch (PixelDataException e) {
      throw new ProblemException(ProblemCode.NOT_RENDERABLE, e);
    } catch (RenderingBusyException e) {
      throw new ProblemException(ProblemCode.BUSY, e, "the picture decoders");
    }
  }
}
