package org.heliograph.archive.blob.s3;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.RemoveObjectArgs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Dns;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.NoSuchBlobException;
import org.heliograph.archive.blob.SealedFile;
import org.heliograph.archive.blob.StoredBlob;
import org.heliograph.archive.blob.s3.S3Fault.Kind;
import org.heliograph.archive.blob.s3.S3Upload.Head;

/**
 * Blobs as objects of a bucket, named by the prefix and their id. A put returns when the store has
 * confirmed size and digest. That a key is used once is the database's matter: the check before a
 * put sees what is there, it does not lock. Every method may throw {@link
 * org.heliograph.archive.blob.StoreUnavailableException}.
 */
public final class S3BlobStore implements BlobStore, AutoCloseable {
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

  private final S3Settings settings;
  private final S3Clients clients;
  private final S3Calls calls;
  private final S3Upload upload;
  private final S3Listing listing;

  private S3BlobStore(S3Settings settings, Dns names) {
    this.settings = settings;
    this.clients = new S3Clients(settings, names);
    this.calls = new S3Calls(settings.limits());
    this.upload = new S3Upload(clients.requests(), settings, calls);
    this.listing = new S3Listing(clients.requests(), settings, calls);
  }

  /** Opens the store without asking it anything. */
  public static S3BlobStore open(S3Settings settings) {
    return open(settings, Dns.SYSTEM);
  }

  /** As {@link #open(S3Settings)}, with host names that a test knows. */
  static S3BlobStore open(S3Settings settings, Dns names) {
    return new S3BlobStore(settings, names);
  }

  @Override
  public void put(BlobKey key, SealedFile staged) throws IOException {
    String object = listing.nameOf(key);
    if (upload.head(object).isPresent()) {
      throw new FileAlreadyExistsException(key.id().toString());
    }
    upload.write(object, S3Content.whole(staged.path(), staged.byteCount()));
    Files.deleteIfExists(staged.path());
  }

  @Override
  public InputStream open(BlobKey key) throws IOException {
    try {
      GetObjectResponse response =
          calls.call("get", () -> clients.reads().getObject(whole(key).build()));
      long byteCount = contentLength(response);
      return new S3InputStream(response, (at, n) -> range(key, at, n), calls, 0, byteCount);
    } catch (S3Fault fault) {
      throw asPromised(key, fault);
    }
  }

  @Override
  public InputStream open(BlobKey key, long offset, long byteCount) throws IOException {
    if (offset < 0 || byteCount < 0 || offset > Long.MAX_VALUE - byteCount) {
      throw new IndexOutOfBoundsException("range " + offset + "+" + byteCount);
    }
    if (byteCount == 0) {
      if (offset > byteCount(key)) {
        throw new IndexOutOfBoundsException("range " + offset + "+0");
      }
      return InputStream.nullInputStream();
    }
    InputStream first = range(key, offset, byteCount);
    return new S3InputStream(first, (at, n) -> range(key, at, n), calls, offset, byteCount);
  }

  private InputStream range(BlobKey key, long offset, long byteCount) throws IOException {
    try {
      GetObjectResponse response =
          calls.call(
              "get range",
              () -> clients.reads().getObject(whole(key).offset(offset).length(byteCount).build()));
      Matcher told = CONTENT_RANGE.matcher(String.valueOf(response.headers().get("Content-Range")));
      if (!told.matches() || Long.parseLong(told.group(1)) != offset) {
        response.close();
        throw S3Fault.nonsense("get range", "ContentRange");
      }
      if (Long.parseLong(told.group(2)) != offset + byteCount - 1) {
        response.close();
        throw new IndexOutOfBoundsException(
            "range " + offset + "+" + byteCount + " of a blob of " + told.group(3) + " bytes");
      }
      return response;
    } catch (S3Fault fault) {
      throw asPromised(key, fault);
    }
  }

  private GetObjectArgs.Builder whole(BlobKey key) {
    return GetObjectArgs.builder().bucket(settings.bucket()).object(listing.nameOf(key));
  }

  private static long contentLength(GetObjectResponse response) throws IOException {
    String told = response.headers().get("Content-Length");
    if (told == null) {
      response.close();
      throw S3Fault.nonsense("get", "NoContentLength");
    }
    return Long.parseLong(told);
  }

  @Override
  public long byteCount(BlobKey key) throws IOException {
    Optional<Head> head = upload.head(listing.nameOf(key));
    return head.orElseThrow(() -> new NoSuchBlobException(key)).byteCount();
  }

  @Override
  public void delete(BlobKey key) throws IOException {
    delete(listing.nameOf(key));
  }

  private void delete(String object) throws IOException {
    try {
      var _ =
          calls.call(
              "delete",
              () ->
                  clients
                      .requests()
                      .removeObject(
                          RemoveObjectArgs.builder()
                              .bucket(settings.bucket())
                              .object(object)
                              .build()));
    } catch (S3Fault fault) {
      if (fault.kind() != Kind.NO_SUCH_OBJECT) {
        throw fault;
      }
    }
  }

  @Override
  public void list(Consumer<StoredBlob> each) throws IOException {
    listing.list(each);
  }

  @Override
  public int discardIncomplete(Instant before) throws IOException {
    return listing.discardUploads(before, upload);
  }

  /** Whether the bucket answers. */
  @Override
  public void check() throws IOException {
    Boolean exists =
        calls.probe(
            "check",
            () ->
                clients
                    .requests()
                    .bucketExists(BucketExistsArgs.builder().bucket(settings.bucket()).build()));
    if (!exists) {
      throw S3Fault.noSuchBucket("check");
    }
  }

  @Override
  public void checkWrites(Path folder) throws IOException {
    check();
    String object = listing.nameOfCheck();
    Path file = Files.createTempFile(folder, "check", ".part");
    try {
      Files.write(file, object.getBytes(StandardCharsets.UTF_8));
      upload.write(object, S3Content.whole(file, Files.size(file)));
      delete(object);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public boolean isAway() {
    return calls.isAway();
  }

  @Override
  public long usableBytes() {
    return Long.MAX_VALUE;
  }

  @Override
  public long totalBytes() {
    return Long.MAX_VALUE;
  }

  int busyConnections() {
    return clients.busyConnections();
  }

  @Override
  public void close() {
    clients.close();
  }

  private static IOException asPromised(BlobKey key, S3Fault fault) {
    return switch (fault.kind()) {
      case NO_SUCH_OBJECT -> new NoSuchBlobException(key);
      case RANGE_OUTSIDE -> throw new IndexOutOfBoundsException("range leaves the blob");
      case NO_SUCH_UPLOAD, AGAIN, STAYS -> fault;
    };
  }
}
