package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.heliograph.archive.render.RenderRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** WADO-RS rendered instances and frames (PS3.18 10.4.1.1.3). */
@RestController
@RequestMapping("/dicomweb/studies/{study}/series/{series}/instances/{instance}")
class RenderedEndpoint {
  private final VisibleInstances visible;
  private final Pictures pictures;

  RenderedEndpoint(VisibleInstances visible, Pictures pictures) {
    this.visible = visible;
    this.pictures = pictures;
  }

  @GetMapping("/rendered")
  void rendered(
      @PathVariable("study") String study,
      @PathVariable("series") String series,
      @PathVariable("instance") String instance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    renderedFrame(study, series, instance, 1, request, response);
  }

  @GetMapping("/frames/{frame}/rendered")
  void renderedFrame(
      @PathVariable("study") String study,
      @PathVariable("series") String series,
      @PathVariable("instance") String instance,
      @PathVariable("frame") int frame,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    RenderRequest wanted = RenderParameters.of(request);
    pictures.write(
        visible.one(study, series, instance, "rendered"), frame, wanted, request, response);
  }
}
