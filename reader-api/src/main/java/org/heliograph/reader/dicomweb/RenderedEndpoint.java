package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.render.PictureFormat;
import org.heliograph.archive.render.RenderRequest;
import org.heliograph.archive.render.RenderedPicture;
import org.heliograph.archive.render.RenderingBusyException;
import org.heliograph.archive.retrieve.NoSuchFrameException;
import org.heliograph.dicom.pixel.PixelDataException;
import org.heliograph.dicom.pixel.render.VoiLutFunction;
import org.heliograph.dicom.pixel.render.Window;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** WADO-RS rendered instances and frames, and thumbnails (PS3.18 10.4.1.1.3, 10.4.1.1.4). */
@RestController
@RequestMapping("/dicomweb/studies/{study}/series/{series}/instances/{instance}")
class RenderedEndpoint {
  private static final int LARGEST_VIEWPORT = 16384;

  private final VisibleInstances visible;
  private final Archive archive;

  RenderedEndpoint(VisibleInstances visible, Archive archive) {
    this.visible = visible;
    this.archive = archive;
  }

  @GetMapping("/rendered")
  void rendered(
      @PathVariable("study") String study,
      @PathVariable("series") String series,
      @PathVariable("instance") String instance,
      @RequestParam(name = "window", required = false) @Nullable String window,
      @RequestParam(name = "viewport", required = false) @Nullable String viewport,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    RenderRequest wanted = wanted(request, window, viewport);
    write(visible.one(study, series, instance, "rendered"), 1, wanted, request, response);
  }

  @GetMapping("/frames/{frame}/rendered")
  void renderedFrame(
      @PathVariable("study") String study,
      @PathVariable("series") String series,
      @PathVariable("instance") String instance,
      @PathVariable("frame") int frame,
      @RequestParam(name = "window", required = false) @Nullable String window,
      @RequestParam(name = "viewport", required = false) @Nullable String viewport,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    RenderRequest wanted = wanted(request, window, viewport);
    write(visible.one(study, series, instance, "rendered"), frame, wanted, request, response);
  }

  @GetMapping("/thumbnail")
  void thumbnail(
      @PathVariable("study") String study,
      @PathVariable("series") String series,
      @PathVariable("instance") String instance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    StoredInstance stored = visible.one(study, series, instance, "thumbnail");
    if (!Unchanged.since(request, response, List.of(stored), "thumbnail")) {
      write(response, () -> archive.render().thumbnail(stored));
    }
  }

  private void write(
      StoredInstance stored,
      int frame,
      RenderRequest wanted,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!Unchanged.since(request, response, List.of(stored), frame + " " + wanted)) {
      write(response, () -> archive.render().frame(stored, frame, wanted));
    }
  }

  private interface Rendering {
    RenderedPicture render() throws IOException, NoSuchFrameException;
  }

  private static void write(HttpServletResponse response, Rendering rendering) throws IOException {
    try {
      RenderedPicture picture = rendering.render();
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

  private static RenderRequest wanted(
      HttpServletRequest request, @Nullable String window, @Nullable String viewport) {
    int[] size = viewport == null ? new int[] {0xFFFF, 0xFFFF} : viewport(viewport);
    return new RenderRequest(
        window == null ? null : window(window), size[0], size[1], format(request));
  }

  private static PictureFormat format(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    if (AcceptedMedia.takesBody(accept, Set.of(PictureFormat.JPEG.mediaType()))) {
      return PictureFormat.JPEG;
    }
    if (AcceptedMedia.takesBody(accept, Set.of(PictureFormat.PNG.mediaType()))) {
      return PictureFormat.PNG;
    }
    throw new ProblemException(ProblemCode.NOT_ACCEPTABLE);
  }

  /** {@code center,width[,function]}. */
  private static Window window(String text) {
    try {
      String[] parts = text.split(",", -1);
      String function = parts.length > 2 ? parts[2].strip().toUpperCase(java.util.Locale.ROOT) : "";
      return new Window(
          Double.parseDouble(parts[0]),
          Double.parseDouble(parts[1]),
          VoiLutFunction.of(function.replace('-', '_')));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, e, "window", "needs center,width[,function]");
    }
  }

  /** {@code width,height[,…]}; a source region is not supported and ignored. */
  private static int[] viewport(String text) {
    try {
      String[] parts = text.split(",", -1);
      int width = Integer.parseInt(parts[0].strip());
      int height = Integer.parseInt(parts[1].strip());
      if (width >= 1 && height >= 1 && width <= LARGEST_VIEWPORT && height <= LARGEST_VIEWPORT) {
        return new int[] {width, height};
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException _) {
      // told below
    }
    throw new ProblemException(
        ProblemCode.INVALID_FIELD, "viewport", "needs width,height up to " + LARGEST_VIEWPORT);
  }
}
