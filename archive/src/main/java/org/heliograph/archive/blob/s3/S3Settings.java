package org.heliograph.archive.blob.s3;

import java.net.URI;

/**
 * Where the bucket is and how it is spoken to.
 *
 * @param endpoint {@code https://host[:port]}
 * @param prefix of all object names, without a slash at its ends; may be empty
 * @param region that requests are signed for
 */
public record S3Settings(
    URI endpoint,
    String bucket,
    String prefix,
    String region,
    Addressing addressing,
    S3Encryption encryption,
    S3Credentials credentials,
    S3Limits limits) {
  /** Where a request names the bucket. */
  public enum Addressing {
    /** In the host name for stores known to want that, in the path for all others. */
    AUTOMATIC,
    /** {@code https://endpoint/bucket/object}. */
    PATH,
    /** {@code https://bucket.endpoint/object}. */
    VIRTUAL_HOST
  }

  public S3Settings {
    if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw new IllegalArgumentException("not the name of a bucket: " + bucket);
    }
    if (!prefix.matches("|[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*") || prefix.length() > 512) {
      throw new IllegalArgumentException("not a prefix of object names: " + prefix);
    }
    String scheme = String.valueOf(endpoint.getScheme());
    if (endpoint.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new IllegalArgumentException("the S3 endpoint is not http(s)://host[:port]");
    }
  }

  /** {@code s3://bucket[/prefix]}: what the archive remembers of where its blobs are. */
  public String location() {
    return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
  }

  public S3Settings withLimits(S3Limits other) {
    return new S3Settings(
        endpoint, bucket, prefix, region, addressing, encryption, credentials, other);
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return "S3Settings[" + location() + " at " + endpoint + "]";
  }
}
