package org.heliograph.reader.ups;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.dicom.xml.DicomXml;
import org.heliograph.dicom.xml.DicomXmlException;
import org.heliograph.dicom.xml.XmlLimits;
import org.heliograph.reader.dicomweb.AcceptedMedia;
import org.heliograph.reader.dicomweb.ContentType;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;

/** One data set as the body of a request or an answer, in JSON or XML (PS3.18 8.7.3). */
final class WorkitemBody {
  private static final String JSON = "application/dicom+json";
  private static final String XML = "application/dicom+xml";
  private static final XmlLimits LIMITS = new XmlLimits(16, 1 << 20, 1 << 20);

  private WorkitemBody() {}

  /** The data set of the body; bulk data by address is left out, nothing is fetched. */
  static Dataset read(HttpServletRequest request) throws IOException {
    String type = ContentType.parse(request.getContentType()).type();
    try {
      return switch (type) {
        case JSON, "application/json" ->
            json(new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        case XML -> DicomXml.read(request.getInputStream(), (_, _, _) -> null, LIMITS);
        default ->
            throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, JSON + ", " + XML);
      };
    } catch (DicomXmlException | IllegalArgumentException e) {
      throw new ProblemException(
          ProblemCode.MALFORMED_REQUEST, e, "The data set cannot be read as " + JSON + " or XML.");
    }
  }

  /** The same where a body may be left out. */
  static Dataset readOptional(HttpServletRequest request) throws IOException {
    return request.getContentLengthLong() == 0 || request.getContentType() == null
        ? Dataset.empty()
        : read(request);
  }

  private static Dataset json(String text) {
    if (!text.stripLeading().startsWith("[")) {
      return DicomJson.read(text);
    }
    List<Dataset> all = DicomJson.readAll(text);
    if (all.size() != 1) {
      throw new IllegalArgumentException("not one data set");
    }
    return all.getFirst();
  }

  /** Whether the answer is XML; 406 where neither form is taken. */
  static boolean isXmlWanted(HttpServletRequest request) {
    for (AcceptedMedia range : AcceptedMedia.parse(request.getHeader("Accept"))) {
      if (!range.multipart() && (range.takes(JSON) || range.takes("application/json"))) {
        return false;
      }
      if (!range.multipart() && range.takes(XML)) {
        return true;
      }
    }
    throw new ProblemException(ProblemCode.NOT_ACCEPTABLE);
  }

  static void write(boolean xml, Dataset dataset, HttpServletResponse response) throws IOException {
    response.setHeader("Cache-Control", "no-store");
    if (xml) {
      response.setContentType(XML);
      DicomXml.write(dataset, _ -> null, response.getOutputStream());
    } else {
      response.setContentType(JSON);
      DicomJson.writeAll(List.of(dataset), _ -> null, response.getOutputStream());
    }
  }
}
