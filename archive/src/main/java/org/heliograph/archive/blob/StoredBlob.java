package org.heliograph.archive.blob;

import java.time.Instant;

/** What a listing tells of a blob; {@code storedAt} decides whether a sweeper may look at it. */
public record StoredBlob(BlobKey key, long byteCount, Instant storedAt) {}
