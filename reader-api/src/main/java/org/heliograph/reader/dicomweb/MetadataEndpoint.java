package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
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

/** WADO-RS metadata: headers without bulk data (PS3.18 10.4.1.1.2). */
@RestController
@RequestMapping("/dicomweb/studies/{study}")
class MetadataEndpoint {
  private final VisibleInstances visible;
  private final Archive archive;

  MetadataEndpoint(VisibleInstances visible, Archive archive) {
    this.visible = visible;
    this.archive = archive;
  }

  @GetMapping({
    "/metadata",
    "/series/{series}/metadata",
    "/series/{series}/instances/{instance}/metadata"
  })
  void metadata(
      @PathVariable("study") String study,
      @PathVariable(name = "series", required = false) @Nullable String series,
      @PathVariable(name = "instance", required = false) @Nullable String instance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    boolean xml = wantsXml(request);
    write(visible.all(study, series, instance, "metadata"), xml, request, response);
  }

  /** Some headers at a time, however many there are. */
  private void write(
      List<StoredInstance> instances,
      boolean xml,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (Unchanged.since(request, response, instances, xml ? "metadata xml" : "metadata")) {
      return;
    }
    var addresses = new Addresses(request);
    if (xml) {
      MultipartRelated.write(
          response,
          MetadataXml.DICOM_XML,
          instances.stream()
              .map(each -> new Document(archive, each, addresses.instance(each)))
              .toList());
      return;
    }
    response.setContentType(SearchEndpoint.DICOM_JSON);
    var out =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
    var separator = new StringBuilder("[");
    archive
        .retrieve()
        .metadata(
            instances,
            addresses::instance,
            header -> {
              out.append(separator).append(header);
              separator.replace(0, 1, ",");
            });
    out.append(separator.charAt(0) == '[' ? "[]" : "]");
    out.flush();
  }

  /** One document; made when it is its turn. */
  private record Document(Archive archive, StoredInstance instance, String uri)
      implements MultipartRelated.Part {
    @Override
    public String contentType() {
      return MetadataXml.DICOM_XML;
    }

    @Override
    public long byteCount() {
      return MultipartRelated.UNKNOWN;
    }

    @Override
    public MultipartRelated.Source open() {
      byte[] document = MetadataXml.of(archive.retrieve(), instance, uri);
      return MultipartRelated.Source.of(new ByteArrayInputStream(document));
    }
  }

  /** XML comes in parts (PS3.18 10.4.1.1.2); JSON where both are as welcome. */
  private static boolean wantsXml(HttpServletRequest request) {
    for (AcceptedMedia range : AcceptedMedia.parse(request.getHeader("Accept"))) {
      if (!range.multipart() && SearchEndpoint.JSON_TYPES.stream().anyMatch(range::takes)) {
        return false;
      }
      if (range.takes(MetadataXml.DICOM_XML)) {
        return true;
      }
    }
    throw new ProblemException(ProblemCode.NOT_ACCEPTABLE);
  }
}
