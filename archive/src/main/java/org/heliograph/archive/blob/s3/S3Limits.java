package org.heliograph.archive.blob.s3;

import java.time.Duration;

/**
 * How long the store may take and how much is asked of it at once.
 *
 * @param connect to open a connection
 * @param silence between two reads or writes of a connection
 * @param call for one request with its answer; of a read, until the content begins
 * @param retryFor how long after the first attempt another one may begin
 * @param requests at once, and connections kept open
 * @param multipartFromBytes size from which on an object is sent in parts
 * @param partBytes size of a part; larger where 10 000 of them would not hold the object
 */
public record S3Limits(
    Duration connect,
    Duration silence,
    Duration call,
    Duration retryFor,
    int requests,
    long multipartFromBytes,
    long partBytes) {
  private static final long MEBIBYTE = 1024L * 1024;
  private static final int MOST_PARTS = 10_000;

  /** The least that S3 takes as a part other than the last. */
  private static final long LEAST_PART_BYTES = 5 * MEBIBYTE;

  public S3Limits {
    if (requests < 1 || partBytes < LEAST_PART_BYTES || multipartFromBytes < 1) {
      throw new IllegalArgumentException(
          "requests ≥ 1, parts ≥ " + LEAST_PART_BYTES + " bytes are needed");
    }
  }

  public static S3Limits defaults() {
    return new S3Limits(
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        Duration.ofSeconds(60),
        Duration.ofSeconds(15),
        64,
        32 * MEBIBYTE,
        16 * MEBIBYTE);
  }

  /** The size of parts for an object: all but the last have it, and there are ≤ 10 000. */
  long partBytesFor(long objectBytes) {
    long needed = Math.ceilDiv(objectBytes, MOST_PARTS);
    return needed <= partBytes ? partBytes : Math.ceilDiv(needed, MEBIBYTE) * MEBIBYTE;
  }
}
