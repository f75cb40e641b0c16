package org.heliograph.reader.problem;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/**
 * An exception in the log: its classes and where they were thrown, without their messages, which
 * may repeat what was sent or stored.
 */
public final class FaultFrames extends ThrowableHandlingConverter {
  private static final int CAUSES = 5;
  private static final int FRAMES = 12;

  @Override
  public String convert(ILoggingEvent event) {
    StringBuilder out = new StringBuilder();
    IThrowableProxy fault = event.getThrowableProxy();
    for (int depth = 0; fault != null && depth < CAUSES; depth++, fault = fault.getCause()) {
      out.append("  ").append(fault.getClassName()).append(System.lineSeparator());
      StackTraceElementProxy[] frames = fault.getStackTraceElementProxyArray();
      for (int i = 0; frames != null && i < Math.min(frames.length, FRAMES); i++) {
        out.append("    ").append(frames[i].getSTEAsString()).append(System.lineSeparator());
      }
    }
    return out.toString();
  }
}
