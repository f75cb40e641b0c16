package org.heliograph.archive.retrieve;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.archive.catalog.StoredInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where the frames of an instance lie. Positions count from the first byte of the data set, of the
 * inflated one for the deflated syntax. Only the columns of the frame that is asked for are read.
 */
final class FrameLocations {
  private static final String FIND =
      """
      select native_offset, native_frame_bits,
        coalesce(cardinality(frame_fragments), cardinality(fragment_offsets)) as frames,
        case
          when frame_fragments is null then fragment_offsets[:frame : :frame]
          else fragment_offsets[
            1 + (select coalesce(sum(n), 0) from unnest(frame_fragments[: :frame - 1]) n)
            : (select sum(n) from unnest(frame_fragments[: :frame]) n)]
        end as offsets,
        case
          when frame_fragments is null then fragment_lengths[:frame : :frame]
          else fragment_lengths[
            1 + (select coalesce(sum(n), 0) from unnest(frame_fragments[: :frame - 1]) n)
            : (select sum(n) from unnest(frame_fragments[: :frame]) n)]
        end as lengths
      from archive.frame_index
      where instance_ref = :instance
      """;

  private final JdbcClient jdbc;

  FrameLocations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A run of bytes of the data set. */
  record Range(long offset, long byteCount) {}

  /**
   * The bytes of one frame.
   *
   * @param skipBits bits of the first byte that belong to the frame before, for single-bit images
   * @param bits of the frame, or -1 for a whole number of bytes
   */
  record Location(List<Range> ranges, int skipBits, long bits) {
    Location {
      ranges = List.copyOf(ranges);
    }

    long byteCount() {
      return bits >= 0 ? Math.ceilDiv(bits, 8L) : ranges.stream().mapToLong(Range::byteCount).sum();
    }
  }

  /** Frames are counted from 1. */
  Optional<Location> find(StoredInstance instance, int frame) {
    if (frame < 1 || frame > instance.numberOfFrames()) {
      return Optional.empty();
    }
    return jdbc.sql(FIND)
        .param("instance", instance.id())
        .param("frame", frame)
        .query((row, _) -> Optional.ofNullable(location(row, frame)))
        .optional()
        .flatMap(found -> found);
  }

  private static @Nullable Location location(ResultSet row, int frame) throws SQLException {
    long nativeOffset = row.getLong("native_offset");
    if (!row.wasNull()) {
      return nativeLocation(nativeOffset, row.getLong("native_frame_bits"), frame);
    }
    if (row.getInt("frames") < frame) {
      return null;
    }
    var offsets = (Long[]) row.getArray("offsets").getArray();
    var lengths = (Long[]) row.getArray("lengths").getArray();
    List<Range> ranges = new ArrayList<>(offsets.length);
    for (int i = 0; i < offsets.length; i++) {
      ranges.add(new Range(offsets[i], lengths[i]));
    }
    return new Location(ranges, 0, -1);
  }

  private static Location nativeLocation(long offset, long frameBits, int frame) {
    long firstBit = frameBits * (frame - 1);
    long firstByte = firstBit / 8;
    long endByte = Math.ceilDiv(firstBit + frameBits, 8L);
    return new Location(
        List.of(new Range(offset + firstByte, endByte - firstByte)),
        (int) (firstBit % 8),
        frameBits);
  }
}
