package org.heliograph.node.spool;

import java.util.UUID;

/**
 * An instance that came wholly and is written, but neither durable nor known yet.
 *
 * @param file to be closed by who has it
 * @param digest SHA-256 of the data set, hexadecimal
 * @param headBytes of the file, before the data set
 */
record Received(
    UUID id,
    IncomingFile file,
    String sopInstance,
    String sopClass,
    String study,
    String series,
    String syntax,
    String digest,
    long datasetBytes,
    int headBytes)
    implements AutoCloseable {
  @Override
  public void close() {
    file.close();
  }

  @Override
  public String toString() {
    return "Received[" + id + "]";
  }
}
