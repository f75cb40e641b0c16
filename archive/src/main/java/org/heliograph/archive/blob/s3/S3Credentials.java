package org.heliograph.archive.blob.s3;

import org.jspecify.annotations.Nullable;

/** Who the archive is to the store. Never shown: neither here nor in logs or errors. */
public record S3Credentials(String accessKey, String secretKey, @Nullable String sessionToken) {
  public S3Credentials {
    if (accessKey.isBlank() || secretKey.isBlank()) {
      throw new IllegalArgumentException("an S3 credential is empty");
    }
  }

  @Override
  public String toString() {
    return "S3Credentials[***]";
  }
}
