package org.heliograph.node.forward;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.heliograph.node.link.LinkJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One request and its answer, with a deadline over all of it and errors of one family. */
final class Exchange {
  private static final Pattern CODE = Pattern.compile("[A-Z]{2}-[A-Z0-9-]{1,40}");
  private static final int INFLATED_LIMIT = 64 << 20;
  private static final long LONGEST_PAUSE_SECONDS = 3600;

  private Exchange() {}

  static HttpResponse<byte[]> send(Line line, HttpRequest request, Duration deadline, int limit)
      throws HubException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> sending =
        line.http().sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), limit));
    try {
      return sending.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    } catch (TimeoutException _) {
      throw new HubException.NoAnswer("not within " + deadline.toSeconds() + " s");
    } finally {
      sending.cancel(true);
    }
  }

  /** Only the kind of failure is told: the JDK's messages may quote what was sent. */
  static HubException failed(@Nullable Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof SSLException && isAboutTrust(at)) {
        return new HubException.NotTrusted();
      }
    }
    return new HubException.NoAnswer(cause == null ? "" : cause.getClass().getSimpleName());
  }

  /** A handshake that the link broke is no verdict about the other end. */
  private static boolean isAboutTrust(Throwable ssl) {
    for (Throwable at = ssl; at != null; at = at.getCause()) {
      if (at instanceof GeneralSecurityException) {
        return true;
      }
    }
    return ssl instanceof SSLPeerUnverifiedException;
  }

  static HubException.Refused refused(HttpResponse<byte[]> answer) {
    return new HubException.Refused(answer.statusCode(), code(answer), pause(answer));
  }

  private static String code(HttpResponse<byte[]> answer) {
    try {
      JsonNode code = LinkJson.mapper().readTree(answer.body()).get("code");
      return code != null && code.isString() && CODE.matcher(code.asString()).matches()
          ? code.asString()
          : "";
    } catch (JacksonException _) {
      return "";
    }
  }

  private static Duration pause(HttpResponse<byte[]> answer) {
    String seconds = answer.headers().firstValue("Retry-After").orElse("");
    return seconds.matches("[0-9]{1,9}")
        ? Duration.ofSeconds(Math.min(LONGEST_PAUSE_SECONDS, Long.parseLong(seconds)))
        : Duration.ZERO;
  }

  static <T> T read(HttpResponse<byte[]> answer, Class<T> type) throws HubException {
    try {
      T value = LinkJson.mapper().readValue(plain(answer), type);
      if (value == null) {
        throw new HubException.BadAnswer("null for " + type.getSimpleName());
      }
      return value;
    } catch (JacksonException e) {
      throw new HubException.BadAnswer("no " + type.getSimpleName());
    }
  }

  /** The body without its content encoding. */
  static byte[] plain(HttpResponse<byte[]> answer) throws HubException {
    if (!answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
      return answer.body();
    }
    try (var zip = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      byte[] plain = zip.readNBytes(INFLATED_LIMIT + 1);
      if (plain.length > INFLATED_LIMIT) {
        throw new HubException.BadAnswer("more than 64 MiB");
      }
      return plain;
    } catch (HubException e) {
      throw e;
    } catch (IOException _) {
      throw new HubException.BadAnswer("no gzip");
    }
  }

  static long number(HttpResponse<byte[]> answer, String header) throws HubException {
    String value = answer.headers().firstValue(header).orElse("");
    if (!value.matches("[0-9]{1,18}")) {
      throw new HubException.BadAnswer("no " + header);
    }
    return Long.parseLong(value);
  }
}
