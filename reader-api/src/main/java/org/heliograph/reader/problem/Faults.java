package org.heliograph.reader.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.SocketException;
import java.util.HexFormat;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/**
 * Records a bug once, with an id for the user to quote; never with a message, which may hold data.
 */
final class Faults {
  private static final Logger log = LoggerFactory.getLogger(Faults.class);
  private static final int FRAMES = 12;

  private Faults() {}

  static ProblemException record(Throwable bug, HttpServletRequest request) {
    String id = HexFormat.of().toHexDigits(UUID.randomUUID().getMostSignificantBits(), 10);
    log.error(
        "event=http.fault id={} method={} fault={} at=\"{}\"",
        id,
        request.getMethod(),
        causes(bug),
        frames(bug));
    return new ProblemException(ProblemCode.INTERNAL, bug, id);
  }

  /**
   * The other side has hung up, or its line was cut in the middle of a body; there is nobody to
   * answer. What we connect to ourselves never throws a bare {@code SocketException} up to here.
   */
  static boolean isPeerGone(Throwable fault) {
    return fault instanceof AsyncRequestNotUsableException
        || fault instanceof SocketException
        || (fault instanceof IOException
            && fault.getClass().getSimpleName().equals("ClientAbortException"));
  }

  private static String causes(Throwable bug) {
    StringBuilder names = new StringBuilder(bug.getClass().getSimpleName());
    Throwable cause = bug.getCause();
    for (int depth = 0; cause != null && depth < 5; depth++, cause = cause.getCause()) {
      names.append('<').append(cause.getClass().getSimpleName());
    }
    return names.toString();
  }

  private static String frames(Throwable bug) {
    Throwable root = bug;
    for (int depth = 0; root.getCause() != null && depth < 5; depth++) {
      root = root.getCause();
    }
    StringBuilder frames = new StringBuilder();
    int shown = 0;
    for (StackTraceElement frame : root.getStackTrace()) {
      boolean ours = frame.getClassName().startsWith("org.heliograph");
      if (shown < 3 || (ours && shown < FRAMES)) {
        frames.append(shown == 0 ? "" : " < ").append(frame.getClassName()).append('.');
        frames.append(frame.getMethodName()).append(':').append(frame.getLineNumber());
        shown++;
      }
    }
    return frames.toString();
  }
}
