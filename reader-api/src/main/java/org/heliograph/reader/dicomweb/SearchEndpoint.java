package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.archive.catalog.QueryLevel;
import org.heliograph.archive.catalog.SearchAnswer;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** QIDO-RS: search for studies, series and instances (PS3.18 10.6). */
@RestController
@RequestMapping("/dicomweb")
class SearchEndpoint {
  static final String DICOM_JSON = "application/dicom+json";
  static final Set<String> JSON_TYPES = Set.of(DICOM_JSON, "application/json");

  private final VisibleInstances visible;

  SearchEndpoint(VisibleInstances visible) {
    this.visible = visible;
  }

  @GetMapping("/studies")
  void studies(HttpServletRequest request, HttpServletResponse response) throws IOException {
    answer(QueryLevel.STUDY, Map.of(), request, response);
  }

  @GetMapping("/series")
  void series(HttpServletRequest request, HttpServletResponse response) throws IOException {
    answer(QueryLevel.SERIES, Map.of(), request, response);
  }

  @GetMapping("/instances")
  void instances(HttpServletRequest request, HttpServletResponse response) throws IOException {
    answer(QueryLevel.INSTANCE, Map.of(), request, response);
  }

  @GetMapping("/studies/{study}/series")
  void seriesOfStudy(
      @PathVariable("study") String study, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answer(QueryLevel.SERIES, Map.of(Tag.StudyInstanceUID, study), request, response);
  }

  @GetMapping("/studies/{study}/instances")
  void instancesOfStudy(
      @PathVariable("study") String study, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answer(QueryLevel.INSTANCE, Map.of(Tag.StudyInstanceUID, study), request, response);
  }

  @GetMapping("/studies/{study}/series/{series}/instances")
  void instancesOfSeries(
      @PathVariable("study") String study,
      @PathVariable("series") String series,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    answer(
        QueryLevel.INSTANCE,
        Map.of(Tag.StudyInstanceUID, study, Tag.SeriesInstanceUID, series),
        request,
        response);
  }

  private void answer(
      QueryLevel level,
      Map<Integer, String> path,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    SearchResponse.Form form = SearchResponse.form(request);
    SearchRequest search = SearchRequest.of(level, path, request.getParameterMap());
    SearchAnswer found = visible.search(search);
    var addresses = new Addresses(request);
    List<Dataset> answers =
        found.matches().stream().map(match -> withRetrieveUrl(match, level, addresses)).toList();
    SearchResponse.write(form, search, found, answers, response);
  }

  static void requireJson(HttpServletRequest request) {
    if (!AcceptedMedia.takesBody(request.getHeader("Accept"), JSON_TYPES)) {
      throw new ProblemException(ProblemCode.NOT_ACCEPTABLE);
    }
  }

  private static Dataset withRetrieveUrl(Dataset match, QueryLevel level, Addresses addresses) {
    String study = match.string(Tag.StudyInstanceUID, "");
    String series = match.string(Tag.SeriesInstanceUID, "");
    String url =
        switch (level) {
          case PATIENT, STUDY -> addresses.study(study);
          case SERIES -> addresses.series(study, series);
          case INSTANCE -> addresses.instance(study, series, match.string(Tag.SOPInstanceUID, ""));
        };
    return match.toBuilder().string(Tag.RetrieveURL, url).build();
  }
}
