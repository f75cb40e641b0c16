package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.render.RenderRequest;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * WADO-RS thumbnails (PS3.18 10.4.1.1.4). A study or series is shown by the instance in the middle
 * of those with pixels, an instance by its frame in the middle, where a cine loop shows more than
 * at its ends.
 */
@RestController
@RequestMapping("/dicomweb/studies/{study}")
class ThumbnailEndpoint {
  private static final int SIDE = 256;

  private final VisibleInstances visible;
  private final Pictures pictures;

  ThumbnailEndpoint(VisibleInstances visible, Pictures pictures) {
    this.visible = visible;
    this.pictures = pictures;
  }

  @GetMapping({
    "/thumbnail",
    "/series/{series}/thumbnail",
    "/series/{series}/instances/{instance}/thumbnail",
    "/series/{series}/instances/{instance}/frames/{frame}/thumbnail"
  })
  void thumbnail(
      @PathVariable("study") String study,
      @PathVariable(name = "series", required = false) @Nullable String series,
      @PathVariable(name = "instance", required = false) @Nullable String instance,
      @PathVariable(name = "frame", required = false) @Nullable Integer frame,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    write(visible.all(study, series, instance, "thumbnail"), frame, request, response);
  }

  private void write(
      List<StoredInstance> instances,
      @Nullable Integer frame,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    RenderRequest wanted = RenderParameters.ofThumbnail(request, SIDE);
    List<StoredInstance> images =
        instances.stream().filter(instance -> instance.rows() != null).toList();
    if (images.isEmpty()) {
      throw new ProblemException(ProblemCode.NOT_RENDERABLE);
    }
    StoredInstance shown = images.get(images.size() / 2);
    int number = frame == null ? (shown.numberOfFrames() + 1) / 2 : frame;
    pictures.write(shown, number, wanted, request, response);
  }
}
