package org.heliograph.archive.blob.s3;

import io.minio.AbortMultipartUploadArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.HeadObjectArgs;
import io.minio.HeadObjectResponse;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectAPIArgs;
import io.minio.UploadPartArgs;
import io.minio.messages.Part;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.heliograph.archive.blob.s3.S3Fault.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes objects. The store compares what it got with the SHA-256 that the request is signed with;
 * ours stays with the object as {@code x-amz-meta-heliograph-sha256}. An answer that was lost is
 * settled by asking for the object's size and that digest.
 */
final class S3Upload {
  private static final Logger log = LoggerFactory.getLogger(S3Upload.class);
  private static final String DIGEST = "heliograph-sha256";
  private static final int PAUSES_BEFORE_SETTLED = 3;

  private final MinioAsyncClient client;
  private final S3Settings settings;
  private final S3Calls calls;

  S3Upload(MinioAsyncClient client, S3Settings settings, S3Calls calls) {
    this.client = client;
    this.settings = settings;
    this.calls = calls;
  }

  /** What the store tells of an object. */
  record Head(long byteCount, String sha256) {
    static Head of(HeadObjectResponse response) {
      return new Head(response.size(), String.valueOf(response.userMetadata().getFirst(DIGEST)));
    }

    boolean isOf(S3Content content) {
      return byteCount == content.byteCount() && sha256.equals(content.sha256());
    }
  }

  Optional<Head> head(String object) throws S3Fault, InterruptedIOException {
    return found(() -> calls.call("head", () -> askHead(object)));
  }

  /** When it returns, the store has confirmed that it holds these bytes. */
  void write(String object, S3Content content) throws IOException {
    if (content.byteCount() < settings.limits().multipartFromBytes()) {
      writeAtOnce(object, content);
    } else {
      writeInParts(object, content);
    }
  }

  private void writeAtOnce(String object, S3Content content) throws IOException {
    Boolean digestConfirmed =
        calls.call("put", () -> put(object, content), () -> settled(object, content));
    if (!digestConfirmed) {
      confirm(object, content);
    }
  }

  /** Whether the store told a SHA-256 of its own, which is ours. */
  private CompletableFuture<Boolean> put(String object, S3Content content) throws IOException {
    Http.Headers headers = headersOfNew(content);
    headers.put(Http.Headers.X_AMZ_CONTENT_SHA256, content.sha256());
    RandomAccessFile file = content.open();
    return client
        .putObject(
            PutObjectAPIArgs.builder()
                .bucket(settings.bucket())
                .object(object)
                .file(file, content.byteCount())
                .headers(headers)
                .build())
        .thenApply(response -> {
          String told = response.headers().get(Http.Headers.X_AMZ_CHECKSUM_SHA256);
          if (told != null && !told.equals(content.sha256Base64())) {
            throw new IllegalStateException("the store has other bytes");
          }
          return told != null;
        })
        .whenComplete((_, _) -> close(file));
  }

  private void writeInParts(String object, S3Content content) throws IOException {
    String uploadId =
        calls.call(
            "begin upload",
            () ->
                client
                    .createMultipartUpload(
                        CreateMultipartUploadArgs.builder()
                            .bucket(settings.bucket())
                            .object(object)
                            .headers(headersOfNew(content))
                            .build())
                    .thenApply(response -> response.result().uploadId()));
    try {
      List<Part> parts = writeParts(object, uploadId, content);
      complete(object, uploadId, parts, content);
    } catch (IOException | RuntimeException e) {
      abort(object, uploadId);
      throw e;
    }
    confirm(object, content);
  }

  private List<Part> writeParts(String object, String uploadId, S3Content content)
      throws IOException {
    long partBytes = settings.limits().partBytesFor(content.byteCount());
    List<Part> parts = new ArrayList<>();
    for (long at = 0; at < content.byteCount(); at += partBytes) {
      int number = parts.size() + 1;
      S3Content part =
          S3Content.part(content.file(), at, Math.min(partBytes, content.byteCount() - at));
      parts.add(calls.call("put part", () -> putPart(object, uploadId, number, part)));
    }
    return parts;
  }

  private CompletableFuture<Part> putPart(
      String object, String uploadId, int number, S3Content content) throws IOException {
    Http.Headers headers = new Http.Headers();
    headers.put(Http.Headers.X_AMZ_CONTENT_SHA256, content.sha256());
    headers.put(Http.Headers.CONTENT_MD5, content.md5());
    RandomAccessFile file = content.open();
    return client
        .uploadPart(
            UploadPartArgs.builder()
                .bucket(settings.bucket())
                .object(object)
                .uploadId(uploadId)
                .partNumber(number)
                .file(file, content.byteCount())
                .headers(headers)
                .build())
        .thenApply(response -> new Part(number, response.part().etag()))
        .whenComplete((_, _) -> close(file));
  }

  private void complete(String object, String uploadId, List<Part> parts, S3Content content)
      throws IOException {
    try {
      var _ =
          calls.call(
              "complete upload",
              () ->
                  client
                      .completeMultipartUpload(
                          CompleteMultipartUploadArgs.builder()
                              .bucket(settings.bucket())
                              .object(object)
                              .uploadId(uploadId)
                              .parts(parts.toArray(Part[]::new))
                              .maxRetries(1)
                              .delayMs(1)
                              .build())
                      .thenApply(_ -> true),
              () -> settled(object, content));
    } catch (S3Fault fault) {
      // An upload that is gone may be one that a lost answer completed.
      if (fault.kind() != Kind.NO_SUCH_UPLOAD) {
        throw fault;
      }
    }
  }

  /** Best effort: what it misses is discarded by the sweep. */
  private void abort(String object, String uploadId) {
    try {
      var _ = calls.once("abort upload", () -> askAbort(object, uploadId));
    } catch (IOException e) {
      log.info("event=s3.abort.postponed cause={}", e.getClass().getSimpleName());
    }
  }

  CompletableFuture<?> askAbort(String object, String uploadId) {
    return client.abortMultipartUpload(
        AbortMultipartUploadArgs.builder()
            .bucket(settings.bucket())
            .object(object)
            .uploadId(uploadId)
            .build());
  }

  private void confirm(String object, S3Content content) throws S3Fault, InterruptedIOException {
    Optional<Head> found = head(object);
    if (found.isEmpty() || !found.get().isOf(content)) {
      throw S3Fault.nonsense("put", "NotAsWritten");
    }
  }

  /** The store may still be at work on a request whose answer was lost: it is asked some times. */
  private Optional<Boolean> settled(String object, S3Content content)
      throws S3Fault, InterruptedIOException {
    for (int i = 1; i <= PAUSES_BEFORE_SETTLED; i++) {
      Optional<Head> found = found(() -> calls.once("settle", () -> askHead(object)));
      if (found.isPresent()) {
        return found.get().isOf(content) ? Optional.of(true) : Optional.empty();
      }
      calls.pause(i);
    }
    return Optional.empty();
  }

  private CompletableFuture<Head> askHead(String object) {
    return client
        .headObject(HeadObjectArgs.builder().bucket(settings.bucket()).object(object).build())
        .thenApply(Head::of);
  }

  private interface Question {
    Head ask() throws S3Fault, InterruptedIOException;
  }

  private static Optional<Head> found(Question question) throws S3Fault, InterruptedIOException {
    try {
      return Optional.of(question.ask());
    } catch (S3Fault fault) {
      if (fault.kind() == Kind.NO_SUCH_OBJECT) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  private Http.Headers headersOfNew(S3Content content) {
    Http.Headers headers = new Http.Headers();
    headers.put(Http.Headers.CONTENT_TYPE, "application/octet-stream");
    headers.put("x-amz-meta-" + DIGEST, content.sha256());
    settings.encryption().headers().forEach(headers::put);
    return headers;
  }

  private static void close(RandomAccessFile file) {
    try {
      file.close();
    } catch (IOException e) {
      log.debug("event=staging.close.failed cause={}", e.getClass().getSimpleName());
    }
  }
}
