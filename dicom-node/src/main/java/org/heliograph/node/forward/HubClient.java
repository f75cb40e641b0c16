package org.heliograph.node.forward;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.heliograph.node.link.Enrolment;
import org.heliograph.node.link.GatewayStatus;
import org.heliograph.node.link.LinkJson;
import org.heliograph.node.link.LinkPaths;
import org.heliograph.node.link.Manifest;
import org.heliograph.node.link.Messages;
import org.heliograph.node.link.ParcelState;
import org.heliograph.node.link.PerformedStepReport;
import org.heliograph.node.link.UploadHeader;

/**
 * The hub's addresses for gateways, over HTTP/1.1 on the line in use. Calls block a virtual thread
 * and end by their deadline. The forwarder decides which line is used; others may call at any time
 * and must expect {@link HubException.NoAnswer} when it changes.
 */
public final class HubClient implements AutoCloseable {
  private static final Duration SHORT = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int SMALL_ANSWER = 1 << 20;
  private static final int LARGE_ANSWER = 16 << 20;

  private final HubAccess access;
  private final Lines lines;

  public HubClient(HubAccess access) {
    this.access = access;
    this.lines = new Lines(access);
  }

  HubAccess access() {
    return access;
  }

  Lines lines() {
    return lines;
  }

  /** Makes this gateway one of the site; the same again is answered the same. */
  public Enrolment.Answer enrol(Enrolment.Request request)
      throws HubException, InterruptedException {
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(uri(LinkPaths.ENROLMENT))
            .header("User-Agent", "hg")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(LinkJson.mapper().writeValueAsBytes(request)));
    return read(good(send(asked, SHORT, SMALL_ANSWER)), Enrolment.Answer.class);
  }

  /** Declares a parcel; the same again is answered with how far it is. */
  public ParcelState announce(Manifest manifest) throws HubException, InterruptedException {
    byte[] zipped = gzip(LinkJson.mapper().writeValueAsBytes(manifest));
    HttpRequest.Builder asked =
        request(LinkPaths.parcel(manifest.parcel()))
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .PUT(BodyPublishers.ofByteArray(zipped));
    return state(manifest.parcel(), good(send(asked, LONG, SMALL_ANSWER)));
  }

  /** How far a parcel is; empty if the hub does not know it. */
  public Optional<ParcelState> state(UUID parcel) throws HubException, InterruptedException {
    return state(lines.current(), parcel, SHORT);
  }

  Optional<ParcelState> state(Line line, UUID parcel, Duration deadline)
      throws HubException, InterruptedException {
    HttpResponse<byte[]> answer =
        Exchange.send(
            line,
            request(line.route().at(LinkPaths.parcel(parcel))).GET().build(),
            deadline,
            SMALL_ANSWER);
    return answer.statusCode() == 404 ? Optional.empty() : Optional.of(state(parcel, good(answer)));
  }

  /**
   * Begins to send a chunk. The caller watches it: the future has no deadline, and cancelling it
   * resets the connection.
   *
   * @param digest SHA-256 from the verified offset to the chunk's end
   */
  CompletableFuture<HttpResponse<byte[]>> patch(
      Line line, UUID parcel, int part, long offset, byte[] digest, ChunkBody body) {
    HttpRequest asked =
        request(line.route().at(LinkPaths.part(parcel, part)))
            .header(UploadHeader.RESUMABLE, UploadHeader.RESUMABLE_VERSION)
            .header(UploadHeader.OFFSET, Long.toString(offset))
            .header(UploadHeader.CHECKSUM, "sha256 " + Base64.getEncoder().encodeToString(digest))
            .header("Content-Type", UploadHeader.CHUNK)
            .method("PATCH", body)
            .build();
    return line.http().sendAsync(asked, BodyHandlers.limiting(BodyHandlers.ofByteArray(), 65536));
  }

  /** What the answer to a chunk means. */
  static ChunkAnswer chunkAnswer(HttpResponse<byte[]> answer) throws HubException {
    return switch (answer.statusCode()) {
      case 204, 200 -> new ChunkAnswer.Taken(offset(answer), verified(answer));
      case 409 -> new ChunkAnswer.OffsetDiffers(offset(answer), verified(answer));
      case UploadHeader.CHECKSUM_MISMATCH ->
          new ChunkAnswer.ChecksumDiffers(offset(answer), verified(answer));
      case 423 -> new ChunkAnswer.Busy();
      case 410 -> new ChunkAnswer.Over();
      case 404 -> new ChunkAnswer.Unknown();
      default -> throw Exchange.refused(answer);
    };
  }

  /**
   * Waits for news; asking for what comes after a number says that all up to it is durable here.
   */
  public Messages messages(long after, Duration wait) throws HubException, InterruptedException {
    String query = "?after=" + after + "&waitSeconds=" + wait.toSeconds();
    HttpRequest.Builder asked = request(LinkPaths.MESSAGES + query).GET();
    return read(good(send(asked, wait.plus(SHORT), SMALL_ANSWER)), Messages.class);
  }

  public void putStatus(GatewayStatus status) throws HubException, InterruptedException {
    good(send(json(LinkPaths.STATUS, status), SHORT, SMALL_ANSWER));
  }

  /** The site's worklist, DICOM JSON, if it is not the one of the entity tag. */
  public Fetched worklist(String etag) throws HubException, InterruptedException {
    return fetch(LinkPaths.WORKLIST, etag);
  }

  /** What the hub sets for this gateway, if it is not that of the entity tag. */
  public Fetched configuration(String etag) throws HubException, InterruptedException {
    return fetch(LinkPaths.CONFIGURATION, etag);
  }

  public void performedStep(String sopInstanceUid, PerformedStepReport report)
      throws HubException, InterruptedException {
    good(send(json(LinkPaths.performedStep(sopInstanceUid), report), SHORT, SMALL_ANSWER));
  }

  /** A piece of a report's form. Shorter than asked for only at its end. */
  public byte[] report(UUID delivery, String form, long from, int length)
      throws HubException, InterruptedException {
    HttpRequest.Builder asked =
        request(LinkPaths.report(delivery, form))
            .header("Range", "bytes=" + from + "-" + (from + length - 1))
            .GET();
    HttpResponse<byte[]> answer = good(send(asked, LONG, LARGE_ANSWER));
    if (answer.statusCode() != 206 && from > 0) {
      throw new HubException.BadAnswer("the whole for a range");
    }
    return answer.body();
  }

  private Fetched fetch(String path, String etag) throws HubException, InterruptedException {
    HttpRequest.Builder asked = request(path).header("Accept-Encoding", "gzip").GET();
    if (!etag.isEmpty()) {
      asked.header("If-None-Match", etag);
    }
    HttpResponse<byte[]> answer = send(asked, LONG, LARGE_ANSWER);
    if (answer.statusCode() == 304) {
      return new Fetched.Unchanged();
    }
    String fresh = good(answer).headers().firstValue("ETag").orElse("");
    return new Fetched.Fresh(fresh, new String(Exchange.plain(answer), StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder json(String path, Object body) {
    return request(path)
        .header("Content-Type", "application/json")
        .PUT(BodyPublishers.ofByteArray(LinkJson.mapper().writeValueAsBytes(body)));
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    return request(uri(pathAndQuery));
  }

  /** Headers are short: they travel with each chunk. */
  private HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri)
        .header("User-Agent", "hg")
        .header("Authorization", "Bearer " + access.token());
  }

  private URI uri(String pathAndQuery) {
    return lines.current().route().at(pathAndQuery);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request, Duration deadline, int limit)
      throws HubException, InterruptedException {
    return Exchange.send(lines.current(), request.build(), deadline, limit);
  }

  private static HttpResponse<byte[]> good(HttpResponse<byte[]> answer) throws HubException {
    if (answer.statusCode() / 100 != 2) {
      throw Exchange.refused(answer);
    }
    return answer;
  }

  private static ParcelState state(UUID parcel, HttpResponse<byte[]> answer) throws HubException {
    ParcelState state = read(answer, ParcelState.class);
    if (!state.parcel().equals(parcel)) {
      throw new HubException.BadAnswer("the state of another parcel");
    }
    return state;
  }

  private static <T> T read(HttpResponse<byte[]> answer, Class<T> type) throws HubException {
    return Exchange.read(answer, type);
  }

  private static long offset(HttpResponse<byte[]> answer) throws HubException {
    return Exchange.number(answer, UploadHeader.OFFSET);
  }

  private static long verified(HttpResponse<byte[]> answer) throws HubException {
    return Exchange.number(answer, UploadHeader.VERIFIED_OFFSET);
  }

  private static byte[] gzip(byte[] plain) {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(plain);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail to be written", e);
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    lines.close();
  }
}
