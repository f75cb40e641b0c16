package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.render.PictureFormat;
import org.heliograph.archive.render.RenderRequest;
import org.heliograph.dicom.pixel.FrameDecoder;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * WADO-RS rendered studies, series, instances and frames (PS3.18 10.4.1.1.3): one picture, or all
 * frames in parts where the Accept header has {@code multipart/related} or there is more than one
 * instance. Instances without a picture are left out, and the status says so.
 */
@RestController
@RequestMapping("/dicomweb/studies/{study}")
class RenderedEndpoint {
  /** A CT of a whole body, and more than anybody wants to look at. */
  private static final int MOST_PICTURES = 5_000;

  private final VisibleInstances visible;
  private final Pictures pictures;

  RenderedEndpoint(VisibleInstances visible, Pictures pictures) {
    this.visible = visible;
    this.pictures = pictures;
  }

  @GetMapping({
    "/rendered",
    "/series/{series}/rendered",
    "/series/{series}/instances/{instance}/rendered"
  })
  void rendered(
      @PathVariable("study") String study,
      @PathVariable(name = "series", required = false) @Nullable String series,
      @PathVariable(name = "instance", required = false) @Nullable String instance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    write(study, series, instance, null, request, response);
  }

  @GetMapping("/series/{series}/instances/{instance}/frames/{list}/rendered")
  void frames(
      @PathVariable("study") String study,
      @PathVariable("series") String series,
      @PathVariable("instance") String instance,
      @PathVariable("list") String list,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    write(study, series, instance, FrameEndpoint.numbers(list), request, response);
  }

  private void write(
      String study,
      @Nullable String series,
      @Nullable String instance,
      int @Nullable [] numbers,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    List<StoredInstance> all = visible.all(study, series, instance, "rendered");
    List<StoredInstance> images = all.stream().filter(RenderedEndpoint::hasPicture).toList();
    if (images.isEmpty()) {
      throw new ProblemException(ProblemCode.NOT_RENDERABLE);
    }
    boolean one = images.size() == 1 && (numbers == null || numbers.length == 1);
    for (AcceptedMedia range : AcceptedMedia.parse(request.getHeader("Accept"))) {
      for (PictureFormat format : PictureFormat.values()) {
        boolean parts = range.multipart() || (range.type().equals("*/*") && !one);
        if (range.takes(format.mediaType()) && (parts || one)) {
          RenderRequest wanted = RenderParameters.of(request, format);
          if (parts) {
            List<Pictures.Frame> frames = frames(images, numbers);
            if (images.size() < all.size()) {
              response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            }
            pictures.writeParts(frames, wanted, request, response);
          } else {
            int frame = numbers == null ? 1 : numbers[0];
            pictures.write(images.getFirst(), frame, wanted, request, response);
          }
          return;
        }
      }
    }
    throw new ProblemException(ProblemCode.NOT_ACCEPTABLE);
  }

  private static boolean hasPicture(StoredInstance stored) {
    return stored.rows() != null && FrameDecoder.supports(stored.transferSyntax().value().value());
  }

  private static List<Pictures.Frame> frames(
      List<StoredInstance> images, int @Nullable [] numbers) {
    List<Pictures.Frame> frames = new ArrayList<>();
    for (StoredInstance image : images) {
      int last = Math.max(1, image.numberOfFrames());
      int count = numbers == null ? last : numbers.length;
      if (frames.size() + count > MOST_PICTURES) {
        throw new ProblemException(ProblemCode.TOO_MANY_PICTURES, MOST_PICTURES);
      }
      for (int i = 0; i < count; i++) {
        int number = numbers == null ? i + 1 : numbers[i];
        if (number < 1 || number > last) {
          throw new ProblemException(ProblemCode.NO_SUCH_FRAME);
        }
        frames.add(new Pictures.Frame(image, number));
      }
    }
    return frames;
  }
}
