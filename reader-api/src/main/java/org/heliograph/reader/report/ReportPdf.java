package org.heliograph.reader.report;

import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;

/**
 * Renders a report as PDF on A4, every font inside the file. Two at a time, so that many readers
 * who preview at once cannot fill the memory.
 */
final class ReportPdf {
  private static final List<String> REGULAR =
      List.of(
          "NotoSans",
          "NotoSansArabic",
          "NotoSansDevanagari",
          "NotoSansHebrew",
          "NotoSansEthiopic",
          "NotoSansBengali",
          "NotoSansThai",
          "NotoSansTamil");
  private static final List<String> BOLD =
      List.of("NotoSans", "NotoSansArabic", "NotoSansDevanagari");

  private final Semaphore slots = new Semaphore(2);

  ReportPdf() {
    XRLog.listRegisteredLoggers().forEach(logger -> XRLog.setLevel(logger, Level.OFF));
  }

  byte[] render(ReportDocument report) {
    slots.acquireUninterruptibly();
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream(128 * 1024);
      PdfRendererBuilder builder = new PdfRendererBuilder();
      builder.useFastMode();
      builder.useUnicodeBidiSplitter(new ICUBidiSplitter.ICUBidiSplitterFactory());
      builder.useUnicodeBidiReorderer(new ICUBidiReorderer());
      builder.defaultTextDirection(PdfRendererBuilder.TextDirection.LTR);
      // A report loads nothing: no address in a hostile text is ever followed.
      builder.useUriResolver((base, uri) -> uri.startsWith("data:") ? uri : null);
      fonts(builder);
      builder.withHtmlContent(ReportHtml.of(report), null);
      builder.withProducer("Heliograph");
      builder.toStream(out);
      builder.run();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      slots.release();
    }
  }

  private static void fonts(PdfRendererBuilder builder) {
    REGULAR.forEach(name -> font(builder, name + "-Regular", name, 400));
    BOLD.forEach(name -> font(builder, name + "-Bold", name, 700));
    font(builder, "DroidSansFallbackFull", "DroidSansFallback", 400);
  }

  private static void font(PdfRendererBuilder builder, String file, String family, int weight) {
    builder.useFont(() -> open(file), family, weight, FontStyle.NORMAL, true);
  }

  private static InputStream open(String file) {
    InputStream font = ReportPdf.class.getResourceAsStream("/fonts/" + file + ".ttf");
    if (font == null) {
      throw new IllegalStateException("font missing from the build: " + file);
    }
    return font;
  }
}
