package org.heliograph.reader;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.io.DicomWriter;

/** Sends slices by STOW-RS, with a token; an answer other than 200 is a failure. */
final class StowSender implements HubCrashIT.Sender {
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final int port;
  private final String token;

  private StowSender(int port, String token) {
    this.port = port;
    this.token = token;
  }

  /** To a hub that is healthy. */
  static StowSender connect(int port, String token) throws IOException {
    var sender = new StowSender(port, token);
    try {
      sender.send(sender.request("/api/health").build());
      return sender;
    } catch (IOException e) {
      sender.close();
      throw e;
    }
  }

  @Override
  public void store(CtStudies.Slice slice) throws IOException {
    var body = new ByteArrayOutputStream();
    body.writeBytes("--b\r\nContent-Type: application/dicom\r\n\r\n".getBytes(US_ASCII));
    DicomWriter.writeFileMeta(
        body,
        DicomWriter.fileMeta(CtStudies.SOP_CLASS, slice.instance(), CtStudies.SYNTAX),
        TransferSyntax.of(CtStudies.SYNTAX));
    try (InputStream dataset = slice.source().open()) {
      dataset.transferTo(body);
    }
    body.writeBytes("\r\n--b--\r\n".getBytes(US_ASCII));
    send(
        request("/dicomweb/studies")
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=b")
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(60));
  }

  private void send(HttpRequest request) throws IOException {
    try {
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new IOException("status " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  @Override
  public void release() {
    close();
  }

  @Override
  public void close() {
    http.close();
  }
}
