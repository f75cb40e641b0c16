package org.heliograph.archive.blob.s3;

import java.util.Map;

/** What the store is asked to do with the bytes at rest. */
public sealed interface S3Encryption {
  /** Nothing is asked for; the bucket's own default applies. */
  record Unasked() implements S3Encryption {}

  /** Keys that the store manages (SSE-S3, AES-256). */
  record StoreKeys() implements S3Encryption {}

  /** A key of the key management service (SSE-KMS). */
  record KmsKey(String keyId) implements S3Encryption {
    public KmsKey {
      if (keyId.isBlank()) {
        throw new IllegalArgumentException("the KMS key id is empty");
      }
    }
  }

  /** The headers of a request that makes an object. */
  default Map<String, String> headers() {
    return switch (this) {
      case Unasked _ -> Map.of();
      case StoreKeys _ -> Map.of("x-amz-server-side-encryption", "AES256");
      case KmsKey key ->
          Map.of(
              "x-amz-server-side-encryption",
              "aws:kms",
              "x-amz-server-side-encryption-aws-kms-key-id",
              key.keyId());
    };
  }
}
