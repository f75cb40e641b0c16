package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.render.RenderRequest;
import org.heliograph.archive.render.RenderedPicture;
import org.heliograph.archive.render.RenderingBusyException;
import org.heliograph.archive.retrieve.NoSuchFrameException;
import org.heliograph.dicom.pixel.PixelDataException;
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
    try {
      RenderedPicture picture = archive.render().frame(stored, frame, wanted);
      response.setContentType(picture.format().mediaType());
      response.setContentLength(picture.bytes().length);
      response.getOutputStream().write(picture.bytes());
    } catch (NoSuchFrameException e) {
      throw new ProblemException(ProblemCode.NO_SUCH_FRAME, e);
    } catch (PixelDataException e) {
      throw new ProblemException(ProblemCode.NOT_RENDERABLE, e);
    } catch (RenderingBusyException e) {
      throw new ProblemException(ProblemCode.BUSY, e, "the picture decoders");
    }
  }
}
