package org.heliograph.reader.intake;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.heliograph.reader.WebClient;

/** The sender's side of tus 1.0.0, one request at a time. */
public final class TusClient {
  private final WebClient web;

  public TusClient(WebClient web) {
    this.web = web;
  }

  public HttpResponse<String> create(UUID caseId, long length, String view, String fileName) {
    var metadata =
        "caseId %s,view %s,filename %s"
            .formatted(base64(caseId.toString()), base64(view), base64(fileName));
    return web.exchange(
        request("/api/uploads")
            .header("Upload-Length", String.valueOf(length))
            .header("Upload-Metadata", metadata)
            .POST(BodyPublishers.noBody())
            .build());
  }

  public HttpResponse<String> patch(String location, long offset, byte[] part) {
    return web.exchange(part(location, offset, part).build());
  }

  public HttpResponse<String> patchWithChecksum(
      String location, long offset, byte[] part, byte[] checksummed) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256").digest(checksummed);
    return web.exchange(
        part(location, offset, part)
            .header("Upload-Checksum", "sha256 " + Base64.getEncoder().encodeToString(digest))
            .build());
  }

  public HttpResponse<String> head(String location) {
    return web.exchange(request(location).method("HEAD", BodyPublishers.noBody()).build());
  }

  public HttpResponse<String> delete(String location) {
    return web.exchange(request(location).DELETE().build());
  }

  public long offset(String location) {
    return head(location).headers().firstValueAsLong("Upload-Offset").orElse(-1);
  }

  /** Sends a whole file in parts and returns the last answer. */
  public HttpResponse<String> upload(UUID caseId, String view, byte[] file, int partBytes) {
    var created = create(caseId, file.length, view, view + ".jpg");
    if (created.statusCode() != 201) {
      return created;
    }
    var location = created.headers().firstValue("Location").orElseThrow();
    HttpResponse<String> last = created;
    for (int at = 0; at < file.length; at += partBytes) {
      last =
          patch(location, at, Arrays.copyOfRange(file, at, Math.min(file.length, at + partBytes)));
    }
    return last;
  }

  private HttpRequest.Builder part(String location, long offset, byte[] part) {
    return request(location)
        .header("Upload-Offset", String.valueOf(offset))
        .header("Content-Type", "application/offset+octet-stream")
        .method("PATCH", BodyPublishers.ofByteArray(part));
  }

  private HttpRequest.Builder request(String path) {
    return web.request(path)
        .header("Tus-Resumable", "1.0.0")
        .header("X-XSRF-TOKEN", web.cookie("XSRF-TOKEN").orElse(""));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
