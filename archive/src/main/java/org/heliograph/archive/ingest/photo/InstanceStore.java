package org.heliograph.archive.ingest.photo;

import java.io.IOException;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;

/** Where the images made of photos go: the archive's one way in. */
@FunctionalInterface
public interface InstanceStore {
  IngestResult ingest(Incoming incoming) throws IOException;
}
