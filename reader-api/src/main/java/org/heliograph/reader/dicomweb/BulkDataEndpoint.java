package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** WADO-RS bulk data (PS3.18 10.4.1.1.5), whole or, of a single part, a range of its bytes. */
@RestController
@RequestMapping("/dicomweb/studies/{study}/series/{series}/instances/{instance}")
class BulkDataEndpoint {
  private static final Pattern PLACE = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  private final VisibleInstances visible;
  private final Archive archive;

  BulkDataEndpoint(VisibleInstances visible, Archive archive) {
    this.visible = visible;
    this.archive = archive;
  }

  @GetMapping("/bulkdata/{range}")
  void bulkData(
      @PathVariable("study") String study,
      @PathVariable("series") String series,
      @PathVariable("instance") String instance,
      @PathVariable("range") String place,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var bounds = PLACE.matcher(place);
    if (!bounds.matches()) {
      throw new ProblemException(ProblemCode.NOT_FOUND);
    }
    StoredInstance stored = visible.one(study, series, instance, "bulkdata");
    long offset = Long.parseLong(bounds.group(1));
    long byteCount = Long.parseLong(bounds.group(2));
    if (Unchanged.since(request, response, List.of(stored), place)) {
      return;
    }
    try {
      if (AcceptedMedia.parse(request.getHeader("Accept")).getFirst().multipart()) {
        MultipartRelated.write(
            response, FrameForms.OCTETS, List.of(part(stored, offset, byteCount)));
      } else {
        writeSingle(stored, offset, byteCount, request, response);
      }
    } catch (IndexOutOfBoundsException e) {
      response.reset();
      throw new ProblemException(ProblemCode.NOT_FOUND, e);
    }
  }

  private void writeSingle(
      StoredInstance stored,
      long offset,
      long byteCount,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    response.setHeader("Accept-Ranges", "bytes");
    ByteRange range = ByteRange.of(request, byteCount);
    if (range == null) {
      MultipartRelated.writeSingle(response, part(stored, offset, byteCount));
      return;
    }
    // Opened once whole, so that a place that is not in the data set is not found.
    archive.retrieve().bulkData(stored, offset, byteCount).close();
    if (range.byteCount() <= 0) {
      response.setHeader("Content-Range", "bytes */" + byteCount);
      throw new ProblemException(ProblemCode.RANGE_NOT_SATISFIABLE, byteCount);
    }
    response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    response.setHeader("Content-Range", range.header(byteCount));
    MultipartRelated.writeSingle(response, part(stored, offset + range.first(), range.byteCount()));
  }

  private FramePart part(StoredInstance stored, long offset, long byteCount) {
    return new FramePart(
        FrameForms.OCTETS, byteCount, () -> archive.retrieve().bulkData(stored, offset, byteCount));
  }
}
