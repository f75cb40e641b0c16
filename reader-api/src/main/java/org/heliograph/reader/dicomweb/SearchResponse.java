package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.heliograph.archive.catalog.SearchAnswer;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.dicom.xml.DicomXml;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;

/** Writes what a QIDO-RS request found, in JSON or XML (PS3.18 10.6.3, 8.7.3). */
public final class SearchResponse {
  private static final String DICOM_XML = "application/dicom+xml";

  /** How an answer is written. */
  public enum Form {
    JSON,
    XML
  }

  private SearchResponse() {}

  /** What the client takes: its query parameter {@code accept} goes before its header. */
  public static Form form(HttpServletRequest request) {
    String parameter = request.getParameter("accept");
    String accept = parameter == null ? request.getHeader("Accept") : parameter;
    for (AcceptedMedia range : AcceptedMedia.parse(accept)) {
      if (!range.multipart() && SearchEndpoint.JSON_TYPES.stream().anyMatch(range::takes)) {
        return Form.JSON;
      }
      if (range.multipart() && range.takes(DICOM_XML)) {
        return Form.XML;
      }
    }
    throw new ProblemException(ProblemCode.NOT_ACCEPTABLE);
  }

  /** Answers with 204 where nothing was found. */
  public static void write(
      Form form,
      SearchRequest search,
      SearchAnswer found,
      List<Dataset> answers,
      HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    if (found.total().isPresent()) {
      response.setHeader("X-Total-Count", Long.toString(found.total().getAsLong()));
    }
    for (String warning : warnings(search, found)) {
      response.addHeader("Warning", "299 Heliograph \"" + warning + "\"");
    }
    if (answers.isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    switch (form) {
      case JSON -> {
        response.setContentType(SearchEndpoint.DICOM_JSON);
        DicomJson.writeAll(answers, _ -> null, response.getOutputStream());
      }
      case XML -> {
        List<XmlPart> parts = new ArrayList<>();
        answers.forEach(answer -> parts.add(XmlPart.of(answer)));
        MultipartRelated.write(response, DICOM_XML, parts);
      }
    }
  }

  private static List<String> warnings(SearchRequest search, SearchAnswer found) {
    List<String> warnings = new ArrayList<>();
    if (found.next() != null && search.wanted() > search.limit()) {
      warnings.add(
          "The number of results exceeded the maximum supported by the server. Additional results"
              + " can be requested.");
    }
    Set<Integer> ignored = new LinkedHashSet<>(found.ignored());
    ignored.addAll(search.ignored());
    if (!ignored.isEmpty()) {
      warnings.add(
          "These attributes are not matched and were ignored: "
              + ignored.stream().sorted().map(Tags::toHex).collect(Collectors.joining(", ")));
    }
    return warnings;
  }

  /** One answer in the Native DICOM Model. */
  private record XmlPart(String document) implements MultipartRelated.Part {
    static XmlPart of(Dataset answer) {
      return new XmlPart(DicomXml.write(answer, _ -> null));
    }

    private byte[] bytes() {
      return document.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String contentType() {
      return DICOM_XML + "; charset=utf-8";
    }

    @Override
    public long byteCount() {
      return bytes().length;
    }

    @Override
    public MultipartRelated.Source open() {
      return MultipartRelated.Source.of(new ByteArrayInputStream(bytes()));
    }

    @Override
    public String toString() {
      return "XmlPart[***]";
    }
  }
}
