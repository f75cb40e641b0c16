package org.heliograph.archive.ingest;

import org.jspecify.annotations.Nullable;

/** The columns of a {@code frame_index} row; arrays are handed on, never kept or changed. */
@SuppressWarnings("ArrayRecordComponent")
record FrameTable(
    @Nullable Long nativeOffset,
    @Nullable Long nativeFrameBits,
    long @Nullable [] fragmentOffsets,
    long @Nullable [] fragmentLengths,
    int @Nullable [] frameFragments) {}
