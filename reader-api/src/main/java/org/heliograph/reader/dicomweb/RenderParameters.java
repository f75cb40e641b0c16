package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.heliograph.archive.render.PictureFormat;
import org.heliograph.archive.render.RenderRequest;
import org.heliograph.dicom.pixel.render.SourceRegion;
import org.heliograph.dicom.pixel.render.VoiLutFunction;
import org.heliograph.dicom.pixel.render.Window;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The query parameters of rendered resources (PS3.18 8.3.5). */
final class RenderParameters {
  static final int WHOLE = 0xFFFF;
  private static final int LARGEST_VIEWPORT = 16384;
  private static final int LARGEST_REGION = 1 << 24;
  private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,8}(?:\\.[0-9]{0,12})?");
  private static final Set<String> ANNOTATIONS = Set.of("patient", "technique");

  private RenderParameters() {}

  /** What is asked for by {@code window}, {@code viewport} and {@code quality}. */
  static RenderRequest of(HttpServletRequest request, PictureFormat format) {
    annotation(request.getParameter("annotation"));
    String window = request.getParameter("window");
    String[] viewport = viewport(request);
    int[] size = size(viewport, WHOLE);
    return new RenderRequest(
        window == null ? null : window(window),
        size[0],
        size[1],
        format,
        quality("quality", request.getParameter("quality")),
        region(viewport));
  }

  /** What is asked for of a thumbnail: its viewport. */
  static RenderRequest ofThumbnail(HttpServletRequest request, int usualSide) {
    int[] size = size(viewport(request), usualSide);
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

  /** {@code width,height[,left,top,columns,rows]}; those of the region may be left empty. */
  private static String[] viewport(HttpServletRequest request) {
    String text = request.getParameter("viewport");
    String[] parts = text == null ? new String[0] : text.split(",", -1);
    if (parts.length == 1 || parts.length > 6) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "viewport", "needs width,height[,left,top,columns,rows]");
    }
    return parts;
  }

  private static int[] size(String[] viewport, int usual) {
    return viewport.length == 0
        ? new int[] {usual, usual}
        : new int[] {side("viewport", viewport[0]), side("viewport", viewport[1])};
  }

  /** Negative extents mirror the picture (PS3.18 8.3.5.1.3). */
  private static @Nullable SourceRegion region(String[] viewport) {
    if (viewport.length <= 2) {
      return null;
    }
    double columns = decimal(viewport, 4, LARGEST_REGION);
    double rows = decimal(viewport, 5, LARGEST_REGION);
    return region(
        Math.abs(decimal(viewport, 2, 0)),
        Math.abs(decimal(viewport, 3, 0)),
        Math.abs(columns),
        Math.abs(rows),
        columns < 0,
        rows < 0);
  }

  private static SourceRegion region(
      double left, double top, double columns, double rows, boolean across, boolean down) {
    if (columns == 0 || rows == 0) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "viewport", "the region has no area");
    }
    int fromColumn = (int) Math.floor(left);
    int fromRow = (int) Math.floor(top);
    return new SourceRegion(
        fromColumn,
        fromRow,
        (int) Math.ceil(left + columns) - fromColumn,
        (int) Math.ceil(top + rows) - fromRow,
        across,
        down);
  }

  private static double decimal(String[] viewport, int at, double fallback) {
    String text = at < viewport.length ? viewport[at].strip() : "";
    if (text.isEmpty()) {
      return fallback;
    }
    if (DECIMAL.matcher(text).matches()) {
      return Math.clamp(Double.parseDouble(text), -LARGEST_REGION, LARGEST_REGION);
    }
    throw new ProblemException(
        ProblemCode.INVALID_FIELD, "viewport", "the region is told in decimal numbers");
  }

  /** WADO-URI's {@code left,top,right,bottom} as parts of the frame's size (PS3.18 9.4). */
  static @Nullable SourceRegion regionOfParts(@Nullable String text, int columns, int rows) {
    if (text == null) {
      return null;
    }
    String[] parts = text.split(",", -1);
    double[] edges = new double[4];
    boolean good = parts.length == edges.length;
    for (int i = 0; good && i < edges.length; i++) {
      good = DECIMAL.matcher(parts[i].strip()).matches();
      edges[i] = good ? Double.parseDouble(parts[i].strip()) : 0;
      good &= edges[i] >= 0 && edges[i] <= 1;
    }
    if (!good || edges[0] >= edges[2] || edges[1] >= edges[3]) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "region", "needs left,top,right,bottom from 0.0 to 1.0");
    }
    return region(
        edges[0] * columns,
        edges[1] * rows,
        (edges[2] - edges[0]) * columns,
        (edges[3] - edges[1]) * rows,
        false,
        false);
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
