package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.render.PictureFormat;
import org.heliograph.archive.render.RenderRequest;
import org.heliograph.dicom.pixel.render.VoiLutFunction;
import org.heliograph.dicom.pixel.render.Window;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** WADO-URI: one instance, or a picture of one of its frames (PS3.18 Section 9). */
@RestController
class WadoUriEndpoint {
  private static final String[] NOT_SUPPORTED = {"presentationUID", "anonymize"};

  private final VisibleInstances visible;
  private final Archive archive;
  private final Pictures pictures;

  WadoUriEndpoint(VisibleInstances visible, Archive archive, Pictures pictures) {
    this.visible = visible;
    this.archive = archive;
    this.pictures = pictures;
  }

  @GetMapping("/dicomweb/wado")
  void wado(
      @RequestParam("requestType") String requestType,
      @RequestParam("studyUID") String study,
      @RequestParam("seriesUID") String series,
      @RequestParam("objectUID") String instance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!requestType.equals("WADO")) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "requestType", "is WADO");
    }
    for (String name : NOT_SUPPORTED) {
      if (request.getParameter(name) != null) {
        throw new ProblemException(ProblemCode.INVALID_FIELD, name, "not supported");
      }
    }
    String types = request.getParameter("contentType");
    StoredInstance stored = visible.one(study, series, instance, "wado");
    boolean image = stored.rows() != null;
    for (AcceptedMedia type : types(types, image)) {
      if (!type.multipart() && type.takes(InstanceAnswer.DICOM) && !type.type().equals("*/*")) {
        writeDicom(stored, request, response);
        return;
      }
      for (PictureFormat format : PictureFormat.values()) {
        if (image && !type.multipart() && type.takes(format.mediaType())) {
          pictures.write(
              stored, frame(request), wanted(request, stored, format), request, response);
          return;
        }
      }
    }
    throw new ProblemException(ProblemCode.NOT_ACCEPTABLE);
  }

  /** Images are shown as JPEG, others given as they are, where nothing is asked for. */
  private static List<AcceptedMedia> types(@Nullable String contentType, boolean image) {
    return AcceptedMedia.parse(
        contentType != null ? contentType : image ? "image/jpeg" : InstanceAnswer.DICOM);
  }

  private void writeDicom(
      StoredInstance stored, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    InstanceAnswer answer =
        InstanceAnswer.of(false, false, request.getParameter("transferSyntax"), List.of(stored));
    if (answer.instances().isEmpty()) {
      throw new ProblemException(ProblemCode.TRANSFER_SYNTAX_NOT_AVAILABLE);
    }
    if (!Unchanged.since(request, response, List.of(stored), "wado " + answer.form())) {
      response.setHeader("Content-Disposition", "attachment; filename=\"instance.dcm\"");
      MultipartRelated.writeSingle(response, new InstancePart(archive, stored, answer));
    }
  }

  private static int frame(HttpServletRequest request) {
    String frame = request.getParameter("frameNumber");
    try {
      return frame == null ? 1 : Integer.parseInt(frame.strip());
    } catch (NumberFormatException e) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, e, "frameNumber", "a whole number");
    }
  }

  private static RenderRequest wanted(
      HttpServletRequest request, StoredInstance stored, PictureFormat format) {
    Integer columns = stored.columns();
    Integer rows = stored.rows();
    RenderParameters.annotation(request.getParameter("annotation"));
    return new RenderRequest(
        window(request.getParameter("windowCenter"), request.getParameter("windowWidth")),
        side(request, "columns"),
        side(request, "rows"),
        format,
        RenderParameters.quality("imageQuality", request.getParameter("imageQuality")),
        RenderParameters.regionOfParts(
            request.getParameter("region"),
            columns == null ? 1 : columns,
            rows == null ? 1 : rows));
  }

  private static int side(HttpServletRequest request, String name) {
    String text = request.getParameter(name);
    return text == null ? RenderParameters.WHOLE : RenderParameters.side(name, text);
  }

  private static @Nullable Window window(@Nullable String center, @Nullable String width) {
    if (center == null && width == null) {
      return null;
    }
    try {
      if (center != null && width != null) {
        return new Window(
            Double.parseDouble(center), Double.parseDouble(width), VoiLutFunction.LINEAR);
      }
    } catch (IllegalArgumentException _) {
      // told below
    }
    throw new ProblemException(
        ProblemCode.INVALID_FIELD, "windowCenter", "a number, together with windowWidth");
  }
}
