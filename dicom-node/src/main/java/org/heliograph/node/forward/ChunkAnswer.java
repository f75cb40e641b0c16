package org.heliograph.node.forward;

/** What the hub says to a chunk. */
public sealed interface ChunkAnswer {
  /** Durable and right up to the offset. */
  record Taken(long offset, long verifiedOffset) implements ChunkAnswer {}

  /** The next chunk must begin elsewhere. */
  record OffsetDiffers(long offset, long verifiedOffset) implements ChunkAnswer {}

  /** The bytes are not those of the checksum; the hub forgot what was not verified. */
  record ChecksumDiffers(long offset, long verifiedOffset) implements ChunkAnswer {}

  /** Another request writes to the part, such as one that the gateway has given up. */
  record Busy() implements ChunkAnswer {}

  /** The parcel or the part needs nothing more. */
  record Over() implements ChunkAnswer {}

  /** The hub does not know the parcel. */
  record Unknown() implements ChunkAnswer {}
}
