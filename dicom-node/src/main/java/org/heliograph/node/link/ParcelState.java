package org.heliograph.node.link;

import java.util.List;
import java.util.UUID;

/**
 * How far a parcel is at the hub.
 *
 * @param parts those that are not whole yet and those that are
 */
public record ParcelState(UUID parcel, List<PartState> parts) {
  public ParcelState {
    parts = List.copyOf(parts);
  }

  /**
   * How far a part is.
   *
   * @param offset where the next chunk begins
   * @param verifiedOffset see {@link UploadHeader}
   * @param whole all bytes are durable and the part's digest was right
   */
  public record PartState(int number, long offset, long verifiedOffset, boolean whole) {}
}
