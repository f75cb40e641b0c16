package org.heliograph.archive.ingest;

/**
 * What became of a Part 10 file, and which instance it holds.
 *
 * @param sopClass SOP Class UID of the data set, else as the file's head says it, unchecked; ""
 *     where neither could be read
 * @param sopInstance SOP Instance UID, likewise
 */
public record PartTenResult(IngestResult result, String sopClass, String sopInstance) {
  @Override
  public String toString() {
    return "PartTenResult[" + result + "]";
  }
}
