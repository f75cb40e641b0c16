package org.heliograph.archive.blob.s3;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.minio.errors.XmlParserException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.heliograph.archive.blob.StoreUnavailableException;

/** An attempt that did not succeed, and what follows from it. */
final class S3Fault extends StoreUnavailableException {
  private static final long serialVersionUID = 1L;

  private static final Set<Integer> STATUS_TO_TRY_AGAIN =
      Set.of(408, 425, 429, 499, 500, 502, 503, 504, 520);
  private static final Set<String> CODES_TO_TRY_AGAIN =
      Set.of(
          "SlowDown",
          "ServiceUnavailable",
          "InternalError",
          "RequestTimeout",
          "Throttling",
          "ThrottlingException",
          "RequestLimitExceeded",
          "OperationAborted",
          // the bytes suffered on the way
          "BadDigest",
          "IncompleteBody",
          "XAmzContentSHA256Mismatch",
          "XAmzContentChecksumMismatch");

  /** What follows. */
  enum Kind {
    NO_SUCH_OBJECT,
    NO_SUCH_UPLOAD,
    RANGE_OUTSIDE,
    /** Soon, it may be well again. */
    AGAIN,
    /** It stays like this until an operator does something. */
    STAYS
  }

  private final Kind kind;
  private final String code;
  private final boolean answered;

  private S3Fault(String operation, Kind kind, String code, boolean answered) {
    super("object store: " + operation + " failed: " + code);
    this.kind = kind;
    this.code = code;
    this.answered = answered;
  }

  Kind kind() {
    return kind;
  }

  /** The store's error code, or the kind of exception. */
  String code() {
    return code;
  }

  /** Whether the store has clearly refused; if not, it may have done what it was asked. */
  boolean answered() {
    return answered;
  }

  /** Nothing came, or not in time. */
  static S3Fault silence(String operation) {
    return new S3Fault(operation, Kind.AGAIN, "Timeout", false);
  }

  /** It answered, but not what can be true. */
  static S3Fault nonsense(String operation, String what) {
    return new S3Fault(operation, Kind.AGAIN, what, false);
  }

  static S3Fault noSuchBucket(String operation) {
    return new S3Fault(operation, Kind.STAYS, "NoSuchBucket", true);
  }

  /** Reads the client's exceptions; their messages may repeat what the store wrote. */
  static S3Fault of(String operation, Throwable thrown) {
    Throwable fault = thrown;
    while (wrapsAnother(fault) && fault.getCause() != null) {
      fault = fault.getCause();
    }
    return switch (fault) {
      case S3Fault known -> known;
      case ErrorResponseException error -> ofCode(operation, error);
      case ServerException server ->
          new S3Fault(
              operation,
              STATUS_TO_TRY_AGAIN.contains(server.statusCode()) ? Kind.AGAIN : Kind.STAYS,
              "HTTP " + server.statusCode(),
              true);
      case InvalidResponseException _ -> nonsense(operation, "NotXml");
      case XmlParserException _ -> nonsense(operation, "MalformedXml");
      case IOException io ->
          new S3Fault(operation, Kind.AGAIN, io.getClass().getSimpleName(), false);
      // headers that are missing or malformed
      default -> nonsense(operation, fault.getClass().getSimpleName());
    };
  }

  private static boolean wrapsAnother(Throwable fault) {
    return fault instanceof ExecutionException
        || fault instanceof CompletionException
        || fault.getClass().equals(MinioException.class);
  }

  private static S3Fault ofCode(String operation, ErrorResponseException error) {
    String code = String.valueOf(error.errorResponse().code());
    int status = error.response() == null ? 0 : error.response().code();
    Kind kind =
        switch (code) {
          case "NoSuchKey" -> Kind.NO_SUCH_OBJECT;
          case "NoSuchUpload" -> Kind.NO_SUCH_UPLOAD;
          case "InvalidRange" -> Kind.RANGE_OUTSIDE;
          default ->
              CODES_TO_TRY_AGAIN.contains(code) || STATUS_TO_TRY_AGAIN.contains(status)
                  ? Kind.AGAIN
                  : Kind.STAYS;
        };
    return new S3Fault(
        operation, kind, code.matches("[A-Za-z0-9]{1,60}") ? code : "HTTP " + status, true);
  }
}
