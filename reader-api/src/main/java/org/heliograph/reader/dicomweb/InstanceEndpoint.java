package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** WADO-RS instances as Part 10 files, as they are stored (PS3.18 10.4.1.1.1). */
@RestController
@RequestMapping("/dicomweb/studies/{study}")
class InstanceEndpoint {
  private static final String DICOM = "application/dicom";

  private final VisibleInstances visible;
  private final Archive archive;

  InstanceEndpoint(VisibleInstances visible, Archive archive) {
    this.visible = visible;
    this.archive = archive;
  }

  @GetMapping
  void study(
      @PathVariable("study") String study, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    write(visible.all(study, null, null, "instances"), request, response);
  }

  @GetMapping("/series/{series}")
  void series(
      @PathVariable("study") String study,
      @PathVariable("series") String series,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    write(visible.all(study, series, null, "instances"), request, response);
  }

  @GetMapping("/series/{series}/instances/{instance}")
  void instance(
      @PathVariable("study") String study,
      @PathVariable("series") String series,
      @PathVariable("instance") String instance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    write(visible.all(study, series, instance, "instances"), request, response);
  }

  private void write(
      List<StoredInstance> instances, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AcceptedMedia range = choose(request.getHeader("Accept"), instances);
    List<InstancePart> parts =
        instances.stream().map(instance -> new InstancePart(archive, instance)).toList();
    boolean multipart = range.multipart() || instances.size() > 1;
    if (Unchanged.since(request, response, instances, "instances " + multipart)) {
      return;
    }
    if (multipart) {
      MultipartRelated.write(response, DICOM, parts);
    } else {
      response.setHeader("Content-Disposition", "attachment; filename=\"instance.dcm\"");
      MultipartRelated.writeSingle(response, parts.getFirst());
    }
  }

  /** A syntax that is asked for by name must be the stored one: nothing is recoded here. */
  private static AcceptedMedia choose(@Nullable String accept, List<StoredInstance> instances) {
    boolean several = instances.size() > 1;
    return AcceptedMedia.parse(accept).stream()
        .filter(range -> range.takes(DICOM))
        .filter(range -> range.multipart() || !several || range.type().equals("*/*"))
        .filter(range -> isStored(range.transferSyntax(), instances))
        .findFirst()
        .orElseThrow(() -> new ProblemException(ProblemCode.TRANSFER_SYNTAX_NOT_AVAILABLE));
  }

  private static boolean isStored(@Nullable String syntax, List<StoredInstance> instances) {
    return syntax == null
        || syntax.equals("*")
        || instances.stream().allMatch(i -> i.transferSyntax().value().value().equals(syntax));
  }

  private record InstancePart(Archive archive, StoredInstance instance)
      implements MultipartRelated.Part {
    @Override
    public String contentType() {
      return DICOM + "; transfer-syntax=" + instance.transferSyntax().value().value();
    }

    @Override
    public long byteCount() {
      return instance.blobBytes();
    }

    @Override
    public MultipartRelated.Source open() throws IOException {
      return MultipartRelated.Source.of(archive.retrieve().partTen(instance));
    }
  }
}
