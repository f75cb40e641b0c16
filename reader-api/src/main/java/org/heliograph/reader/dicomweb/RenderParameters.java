package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.heliograph.archive.render.PictureFormat;
import org.heliograph.archive.render.RenderRequest;
import org.heliograph.dicom.pixel.render.VoiLutFunction;
import org.heliograph.dicom.pixel.render.Window;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The query parameters of rendered resources (PS3.18 8.3.5). */
final class RenderParameters {
  static final int WHOLE = 0xFFFF;
  private static final int LARGEST_VIEWPORT = 16384;
  private static final Set<String> ANNOTATIONS = Set.of("patient", "technique");

  private RenderParameters() {}

  /** What is asked for by {@code window}, {@code viewport}, {@code quality} and Accept. */
  static RenderRequest of(HttpServletRequest request) {
    annotation(request.getParameter("annotation"));
    String window = request.getParameter("window");
    int[] size = viewport(request.getParameter("viewport"), WHOLE);
    return new RenderRequest(
        window == null ? null : window(window),
        size[0],
        size[1],
        format(request.getHeader("Accept")),
        quality("quality", request.getParameter("quality")));
  }

  /** What is asked for of a thumbnail: its viewport. */
  static RenderRequest ofThumbnail(HttpServletRequest request, int usualSide) {
    int[] size = viewport(request.getParameter("viewport"), usualSide);
    return new RenderRequest(null, size[0], size[1], format(request.getHeader("Accept")));
  }

  static PictureFormat format(@Nullable String accept) {
    if (AcceptedMedia.takesBody(accept, Set.of(PictureFormat.JPEG.mediaType()))) {
      return PictureFormat.JPEG;
    }
    if (AcceptedMedia.takesBody(accept, Set.of(PictureFormat.PNG.mediaType()))) {
      return PictureFormat.PNG;
    }
    throw new ProblemException(ProblemCode.NOT_ACCEPTABLE);
  }

  /** {@code center,width[,function]}. */
  static Window window(String text) {
    try {
      String[] parts = text.split(",", -1);
      String function = parts.length > 2 ? parts[2].strip().toUpperCase(Locale.ROOT) : "";
      return new Window(
          Double.parseDouble(parts[0]),
          Double.parseDouble(parts[1]),
          VoiLutFunction.of(function.replace('-', '_')));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, e, "window", "needs center,width[,function]");
    }
  }

  /** {@code width,height[,…]}; a source region is not supported and ignored. */
  private static int[] viewport(@Nullable String text, int usual) {
    if (text == null) {
      return new int[] {usual, usual};
    }
    String[] parts = text.split(",", -1);
    if (parts.length < 2) {
      throw outside("viewport", LARGEST_VIEWPORT);
    }
    return new int[] {side("viewport", parts[0]), side("viewport", parts[1])};
  }

  /** One side of a viewport in pixels. */
  static int side(String name, String text) {
    return number(name, text, LARGEST_VIEWPORT);
  }

  static int quality(String name, @Nullable String text) {
    return text == null ? RenderRequest.USUAL_QUALITY : number(name, text, 100);
  }

  /** Checked, but never burned in: pictures are shown beside what is known of the patient. */
  static void annotation(@Nullable String text) {
    if (text == null) {
      return;
    }
    for (String each : text.split(",", -1)) {
      if (!ANNOTATIONS.contains(each.strip())) {
        throw new ProblemException(
            ProblemCode.INVALID_FIELD, "annotation", "knows patient and technique");
      }
    }
  }

  private static int number(String name, String text, int largest) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= 1 && number <= largest) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw outside(name, largest);
  }

  private static ProblemException outside(String name, int largest) {
    return new ProblemException(
        ProblemCode.INVALID_FIELD, name, "needs whole numbers from 1 to " + largest);
  }
}
