package org.heliograph.archive.blob.s3;

import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/** A real S3 server over a folder, which checks signatures and digests. */
public final class S3Server implements AutoCloseable {
  public static final String ACCESS_KEY = "test-access-key";
  public static final String SECRET_KEY = "test-secret-key-of-the-tests";

  private final S3Proxy server;
  private final BlobStore folder;

  private S3Server(S3Proxy server, BlobStore folder) {
    this.server = server;
    this.folder = folder;
  }

  public static S3Server start(Path folder, String... buckets) throws Exception {
    var properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", folder.toString());
    properties.setProperty("jclouds.identity", ACCESS_KEY);
    properties.setProperty("jclouds.credential", SECRET_KEY);
    BlobStore store = BlobStores.create("filesystem-nio2", properties);
    for (String bucket : buckets) {
      store.createContainer(bucket);
    }
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(store)
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .virtualHost("localhost")
            .build();
    server.start();
    return new S3Server(server, store);
  }

  /** By its name, which it knows from those that have a bucket before it. */
  public URI endpoint() {
    return URI.create("http://localhost:" + server.getPort());
  }

  /** For a store in it. */
  public S3Settings settings(String bucket, String prefix) {
    return new S3Settings(
        endpoint(),
        bucket,
        prefix,
        "us-east-1",
        S3Settings.Addressing.AUTOMATIC,
        new S3Encryption.Unasked(),
        new S3Credentials(ACCESS_KEY, SECRET_KEY, null),
        S3Limits.defaults());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    folder.close();
  }
}
