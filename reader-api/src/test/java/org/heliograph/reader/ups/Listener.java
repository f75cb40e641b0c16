package org.heliograph.reader.ups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.json.DicomJson;
import org.jspecify.annotations.Nullable;

/** The JDK's WebSocket client on a notification connection. */
final class Listener implements WebSocket.Listener, AutoCloseable {
  private final List<Dataset> reports = new CopyOnWriteArrayList<>();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final StringBuilder text = new StringBuilder();
  private volatile int closedWith = -1;

  private Listener(WebSocket.Builder builder, URI address) {
    socket = builder.buildAsync(address, this).join();
  }

  static Listener open(int port, String aeTitle, String session) {
    var address = URI.create("ws://127.0.0.1:" + port + "/dicomweb/subscribers/" + aeTitle);
    return new Listener(
        HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10)).header("Cookie", session),
        address);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      reports.add(DicomJson.read(text.toString()));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closedWith = status;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closedWith = 1006;
  }

  void say(String words) {
    socket.sendText(words, true).join();
  }

  int awaitClosed() {
    await().atMost(Duration.ofSeconds(20)).until(() -> closedWith >= 0);
    return closedWith;
  }

  List<Dataset> reports() {
    return reports;
  }

  /** What was reported of a workitem: {@code 1:SCHEDULED}, {@code 5:}, in order. */
  List<String> of(String uid) {
    return reports.stream()
        .filter(report -> report.string(Tag.AffectedSOPInstanceUID, "").equals(uid))
        .map(report ->
            report.integer(Tag.EventTypeID, 0) + ":" + report.string(Tag.ProcedureStepState, ""))
        .toList();
  }

  void awaitEvents(String uid, String... events) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(of(uid)).containsExactly(events));
  }

  @Override
  public void close() {
    socket.abort();
  }
}
