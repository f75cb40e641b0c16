package org.heliograph.archive.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Keeps blobs. Safe for use by many threads and, over one folder or bucket, by many processes. A
 * blob is written once: {@link #put} of a key that exists fails and leaves the stored bytes alone.
 * An {@link IOException} of a write means that nothing may be concluded about the key but that it
 * was not promised; the caller takes a new key for the next attempt.
 */
public interface BlobStore {
  /**
   * Stores the content of a sealed staging file and consumes that file. When it returns, the blob
   * survives a power cut.
   *
   * @throws java.nio.file.FileAlreadyExistsException the key is taken; the staging file stays
   */
  void put(BlobKey key, SealedFile staged) throws IOException;

  /**
   * Opens the whole blob.
   *
   * @throws NoSuchBlobException there is none
   */
  InputStream open(BlobKey key) throws IOException;

  /**
   * Opens {@code byteCount} bytes from {@code offset} on.
   *
   * @throws NoSuchBlobException there is none
   * @throws IndexOutOfBoundsException the range is not wholly inside the blob
   */
  InputStream open(BlobKey key, long offset, long byteCount) throws IOException;

  /**
   * The blob's size.
   *
   * @throws NoSuchBlobException there is none
   */
  long byteCount(BlobKey key) throws IOException;

  /** Removes the blob; one that is not there is no fault. */
  void delete(BlobKey key) throws IOException;

  /** Calls {@code each} for every blob, in no order, with bounded memory. */
  void list(Consumer<StoredBlob> each) throws IOException;

  /** Removes what uploads that never ended left behind before {@code before}; tells how many. */
  int discardIncomplete(Instant before) throws IOException;

  /** Bytes that can still be stored; {@link Long#MAX_VALUE} where the store knows no limit. */
  long usableBytes() throws IOException;

  /** Size of the volume; {@link Long#MAX_VALUE} where the store knows no limit. */
  long totalBytes() throws IOException;

  /**
   * Asks whether the store serves, once and without waiting long.
   *
   * @throws IOException it does not
   */
  default void check() throws IOException {}

  /**
   * Asks as {@link #check} does, and whether a blob can be written and removed again.
   *
   * @param folder for a file of some bytes, removed at once
   */
  default void checkWrites(Path folder) throws IOException {
    check();
  }

  /** Whether its last answer, as far as one is known, was that it does not serve. */
  default boolean isAway() {
    return false;
  }
}
