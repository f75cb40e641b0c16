package org.heliograph.reader.problem;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * The log as one JSON object a line: {@code at}, {@code level}, {@code logger}, {@code message},
 * the {@code key=value} pairs of the message as fields of {@code facts}, and {@code fault} as
 * {@link FaultFrames} tells it, without messages of exceptions.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final Pattern FACT = Pattern.compile("\\b([a-z_]+)=(?:\"([^\"]*)\"|(\\S+))");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final byte[] NONE = new byte[0];

  private final FaultFrames faults = new FaultFrames();

  @Override
  public byte[] headerBytes() {
    return NONE;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("at", event.getInstant().toString());
    line.put("level", event.getLevel().toString());
    line.put("logger", event.getLoggerName());
    line.put("message", event.getFormattedMessage());
    Map<String, String> facts = new LinkedHashMap<>();
    Matcher fact = FACT.matcher(event.getFormattedMessage());
    while (fact.find()) {
      facts.put(fact.group(1), fact.group(2) == null ? fact.group(3) : fact.group(2));
    }
    if (!facts.isEmpty()) {
      line.put("facts", facts);
    }
    String fault = faults.convert(event);
    if (!fault.isEmpty()) {
      line.put("fault", fault);
    }
    return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return NONE;
  }
}
