package org.heliograph.archive.blob.s3;

import io.minio.ListMultipartUploadsArgs;
import io.minio.ListObjectsV2Args;
import io.minio.MinioAsyncClient;
import io.minio.messages.Contents;
import io.minio.messages.ListBucketResultV2;
import io.minio.messages.ListMultipartUploadsResult;
import io.minio.messages.ListMultipartUploadsResult.Upload;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.StoredBlob;
import org.heliograph.archive.blob.s3.S3Fault.Kind;
import org.jspecify.annotations.Nullable;

/** How objects are named, and what lies in the bucket, a page at a time. */
final class S3Listing {
  private static final int PAGE = 1000;

  private final MinioAsyncClient client;
  private final S3Settings settings;
  private final S3Calls calls;
  private final String prefix;

  S3Listing(MinioAsyncClient client, S3Settings settings, S3Calls calls) {
    this.client = client;
    this.settings = settings;
    this.calls = calls;
    this.prefix = settings.prefix().isEmpty() ? "" : settings.prefix() + "/";
  }

  String nameOf(BlobKey key) {
    return prefix + key.id();
  }

  /** A name that no blob has. */
  String nameOfCheck() {
    return prefix + "check-" + UUID.randomUUID();
  }

  /** The key in a name of ours; others' objects harm nobody. */
  private Optional<BlobKey> keyOf(String object) {
    if (!object.startsWith(prefix) || object.length() != prefix.length() + 36) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BlobKey(UUID.fromString(object.substring(prefix.length()))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  void list(Consumer<StoredBlob> each) throws IOException {
    String next = null;
    do {
      ListBucketResultV2 page = page(next);
      for (Contents object : page.contents()) {
        keyOf(object.objectName())
            .ifPresent(key ->
                each.accept(new StoredBlob(key, object.size(), object.lastModified().toInstant())));
      }
      String following = page.isTruncated() ? page.nextContinuationToken() : null;
      if (page.isTruncated() && (following == null || following.equals(next))) {
        throw S3Fault.nonsense("list", "NoContinuation");
      }
      next = following;
    } while (next != null);
  }

  private ListBucketResultV2 page(@Nullable String continuation) throws IOException {
    ListObjectsV2Args.Builder args =
        ListObjectsV2Args.builder().bucket(settings.bucket()).prefix(prefix).maxKeys(PAGE);
    if (continuation != null) {
      args.continuationToken(continuation);
    }
    return calls.call(
        "list", () -> client.listObjectsV2(args.build()).thenApply(page -> page.result()));
  }

  /** Ends uploads in parts that began before then; tells how many. */
  int discardUploads(Instant before, S3Upload uploads) throws IOException {
    int discarded = 0;
    String nextKey = null;
    String nextUpload = null;
    while (true) {
      ListMultipartUploadsResult page = uploads(nextKey, nextUpload);
      for (Upload each : page.uploads()) {
        if (keyOf(each.objectName()).isPresent() && each.initiated().toInstant().isBefore(before)) {
          discarded += discard(each, uploads);
        }
      }
      if (!page.isTruncated()) {
        return discarded;
      }
      if (Objects.equals(page.nextKeyMarker(), nextKey)
          && Objects.equals(page.nextUploadIdMarker(), nextUpload)) {
        throw S3Fault.nonsense("list uploads", "NoContinuation");
      }
      nextKey = page.nextKeyMarker();
      nextUpload = page.nextUploadIdMarker();
    }
  }

  private ListMultipartUploadsResult uploads(@Nullable String key, @Nullable String upload)
      throws IOException {
    ListMultipartUploadsArgs.Builder args =
        ListMultipartUploadsArgs.builder()
            .bucket(settings.bucket())
            .prefix(prefix)
            .maxUploads(PAGE);
    if (key != null) {
      args.keyMarker(key);
    }
    if (upload != null) {
      args.uploadIdMarker(upload);
    }
    return calls.call(
        "list uploads",
        () -> client.listMultipartUploads(args.build()).thenApply(page -> page.result()));
  }

  private int discard(Upload upload, S3Upload uploads) throws IOException {
    try {
      var _ =
          calls.call(
              "abort upload",
              () -> uploads.askAbort(upload.objectName(), upload.uploadId()).thenApply(_ -> true));
      return 1;
    } catch (S3Fault fault) {
      if (fault.kind() == Kind.NO_SUCH_UPLOAD) {
        return 0;
      }
      throw fault;
    }
  }
}
