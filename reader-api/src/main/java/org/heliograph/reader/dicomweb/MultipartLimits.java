package org.heliograph.reader.dicomweb;

/**
 * How much of a multipart body is taken.
 *
 * @param parts at most
 * @param partBytes of one part's body
 * @param headerBytes of one part's header lines together, and of what stands before the first part
 */
record MultipartLimits(int parts, long partBytes, int headerBytes) {
  /** For instances: no series has more than this many, and no value is longer than 4 GiB. */
  static final MultipartLimits INSTANCES = new MultipartLimits(5_000, 4L << 30, 8 * 1024);
}
