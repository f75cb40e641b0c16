package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** WADO-RS instances as Part 10 files (PS3.18 10.4.1.1.1). */
@RestController
@RequestMapping("/dicomweb/studies/{study}")
class InstanceEndpoint {
  private final VisibleInstances visible;
  private final Archive archive;

  InstanceEndpoint(VisibleInstances visible, Archive archive) {
    this.visible = visible;
    this.archive = archive;
  }

  @GetMapping({"", "/series/{series}", "/series/{series}/instances/{instance}"})
  void instances(
      @PathVariable("study") String study,
      @PathVariable(name = "series", required = false) @Nullable String series,
      @PathVariable(name = "instance", required = false) @Nullable String instance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    write(visible.all(study, series, instance, "instances"), request, response);
  }

  private void write(
      List<StoredInstance> instances, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    InstanceAnswer answer = InstanceAnswer.choose(request.getHeader("Accept"), instances);
    if (Unchanged.since(request, response, answer.instances(), answer.form())) {
      return;
    }
    List<InstancePart> parts =
        answer.instances().stream()
            .map(instance -> new InstancePart(archive, instance, answer))
            .toList();
    if (parts.size() < instances.size()) {
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT); // PS3.18 Table 10.4.4-1
    }
    if (answer.multipart()) {
      MultipartRelated.write(response, InstanceAnswer.DICOM, parts);
    } else {
      response.setHeader("Content-Disposition", "attachment; filename=\"instance.dcm\"");
      MultipartRelated.writeSingle(response, parts.getFirst());
    }
  }
}
