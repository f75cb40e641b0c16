package org.heliograph.reader.gateways;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.heliograph.node.link.Enrolment;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.link.LinkPaths;
import org.heliograph.node.link.Manifest;
import org.heliograph.node.link.Messages;
import org.heliograph.node.link.ParcelState;
import org.heliograph.node.link.Receipt;
import org.heliograph.node.link.UploadHeader;
import tools.jackson.databind.JsonNode;

/** A gateway's side of the link, one request at a time. */
public final class TestGateway {
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String base;
  private final String token;
  private Enrolment.Answer answer = new Enrolment.Answer(new UUID(0, 0), "", "", "");
  private long cursor;

  public TestGateway(int port) {
    this.base = "http://127.0.0.1:" + port;
    byte[] bits = new byte[32];
    new SecureRandom().nextBytes(bits);
    this.token = "hgg_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  public Enrolment.Answer answer() {
    return answer;
  }

  /** The secret of a pasted code. */
  public static String secret(String code) {
    JsonNode content =
        LinkJson.mapper().readTree(Base64.getUrlDecoder().decode(code.substring("hge1.".length())));
    return content.get("c").asString();
  }

  public HttpResponse<String> enrol(String code) {
    var request = new Enrolment.Request(secret(code), token, "kitui-pc", "test");
    var response =
        send(
            HttpRequest.newBuilder(URI.create(base + LinkPaths.ENROLMENT))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(LinkJson.mapper().writeValueAsBytes(request))));
    if (response.statusCode() == 200) {
      answer = LinkJson.mapper().readValue(response.body(), Enrolment.Answer.class);
    }
    return response;
  }

  public HttpResponse<String> declare(Manifest manifest) {
    return declare(manifest.parcel(), LinkJson.mapper().writeValueAsBytes(manifest));
  }

  public HttpResponse<String> declare(UUID parcel, byte[] json) {
    var body = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(body)) {
      gzip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return send(
        to(LinkPaths.parcel(parcel))
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .PUT(BodyPublishers.ofByteArray(body.toByteArray())));
  }

  public ParcelState state(UUID parcel) {
    return LinkJson.mapper()
        .readValue(send(to(LinkPaths.parcel(parcel)).GET()).body(), ParcelState.class);
  }

  public HttpResponse<String> patch(UUID parcel, int part, long offset, byte[] chunk) {
    return patch(parcel, part, offset, chunk, chunk);
  }

  /** With a checksum over other bytes than those of the chunk. */
  public HttpResponse<String> patch(
      UUID parcel, int part, long offset, byte[] chunk, byte[] checked) {
    return send(
        chunk(parcel, part, offset, checked).method("PATCH", BodyPublishers.ofByteArray(chunk)));
  }

  public HttpRequest.Builder chunk(UUID parcel, int part, long offset, byte[] checked) {
    return to(LinkPaths.part(parcel, part))
        .header(UploadHeader.RESUMABLE, UploadHeader.RESUMABLE_VERSION)
        .header(UploadHeader.OFFSET, Long.toString(offset))
        .header("Content-Type", UploadHeader.CHUNK)
        .header(UploadHeader.CHECKSUM, checksum(checked));
  }

  public static String checksum(byte[] bytes) {
    try {
      return "sha256 "
          + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Announces a parcel and sends all its parts in chunks. */
  public void send(TestParcel parcel, int chunkBytes) {
    var declared = declare(parcel.manifest());
    if (declared.statusCode() != 200) {
      throw new IllegalStateException(declared.body());
    }
    for (int part : parcel.numbers()) {
      sendPart(parcel, part, chunkBytes);
    }
  }

  public void sendPart(TestParcel parcel, int part, int chunkBytes) {
    byte[] all = parcel.part(part);
    for (int at = 0; at < all.length; at += chunkBytes) {
      var response =
          patch(
              parcel.id(),
              part,
              at,
              Arrays.copyOfRange(all, at, Math.min(all.length, at + chunkBytes)));
      if (response.statusCode() != 204) {
        throw new IllegalStateException(response.statusCode() + " " + response.body());
      }
    }
  }

  /** The next messages; those before are acknowledged. */
  public Messages messages(int waitSeconds) {
    var response =
        send(to(LinkPaths.MESSAGES + "?after=" + cursor + "&waitSeconds=" + waitSeconds).GET());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.statusCode() + " " + response.body());
    }
    return LinkJson.mapper().readValue(response.body(), Messages.class);
  }

  /** The same, durable at the gateway. */
  public List<HubMessage> take(int waitSeconds) {
    List<HubMessage> messages = messages(waitSeconds).messages();
    if (!messages.isEmpty()) {
      cursor = messages.getLast().sequence();
    }
    return messages;
  }

  /** Takes messages until there are as many receipts. */
  public List<Receipt> receipts(int count) {
    List<Receipt> receipts = new ArrayList<>();
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (receipts.size() < count && System.nanoTime() < end) {
      for (HubMessage message : take(5)) {
        if (message instanceof HubMessage.Receipts some) {
          receipts.addAll(some.receipts());
        }
      }
    }
    return receipts;
  }

  /** The same of one parcel; others are passed over. */
  public List<Receipt> receipts(int count, UUID parcel) {
    List<Receipt> receipts = new ArrayList<>();
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (receipts.size() < count && System.nanoTime() < end) {
      receipts(1).stream()
          .filter(receipt -> receipt.parcel().equals(parcel))
          .forEach(receipts::add);
    }
    return receipts;
  }

  /** Whether the hub signed it. */
  public boolean isSigned(Receipt receipt) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(
                  new X509EncodedKeySpec(Base64.getDecoder().decode(answer.receiptKey()))));
      signature.update(receipt.signedBytes(answer.gateway()));
      return signature.verify(Base64.getDecoder().decode(receipt.signature()));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(Duration.ofSeconds(70))
        .header("Authorization", "Bearer " + token);
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String token() {
    return token;
  }
}
