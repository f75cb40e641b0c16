package org.heliograph.node.link;

/**
 * Headers of a part's upload: those of tus 1.0.0, and one more. The hub keeps what came of a chunk
 * that was cut off. Such bytes count in {@link #OFFSET} but not in {@link #VERIFIED_OFFSET}; the
 * checksum of the next chunk covers all from there on, so that every byte is under a checksum and
 * none is sent twice. To a sender that does not know this, the checksum seems wrong once (460); the
 * hub then forgets the uncertain bytes.
 */
public final class UploadHeader {
  public static final String RESUMABLE = "Tus-Resumable";
  public static final String RESUMABLE_VERSION = "1.0.0";

  /** Where the next chunk begins. */
  public static final String OFFSET = "Upload-Offset";

  /** Up to where bytes are durable and under a checksum that was right. */
  public static final String VERIFIED_OFFSET = "Upload-Verified-Offset";

  public static final String LENGTH = "Upload-Length";

  /**
   * {@code sha256} and the digest in Base64, of all from the verified offset to the chunk's end.
   */
  public static final String CHECKSUM = "Upload-Checksum";

  /** The content type of a chunk. */
  public static final String CHUNK = "application/offset+octet-stream";

  /** The status for a checksum that does not fit; the upload is back at its verified offset. */
  public static final int CHECKSUM_MISMATCH = 460;

  private UploadHeader() {}
}
