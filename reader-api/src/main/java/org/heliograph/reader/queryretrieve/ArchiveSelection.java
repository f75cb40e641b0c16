package org.heliograph.reader.queryretrieve;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.net.dimse.RetrieveHandler.Kind;
import org.heliograph.node.query.StudyCatalog;
import org.jspecify.annotations.Nullable;

/** Instances of the archive on their way out. */
final class ArchiveSelection implements StudyCatalog.Selected {
  private final Archive archive;
  private final List<StoredInstance> instances;

  ArchiveSelection(Archive archive, List<StoredInstance> instances) {
    this.archive = archive;
    this.instances = List.copyOf(instances);
  }

  @Override
  public List<Kind> kinds() {
    return instances.stream().map(i -> new Kind(i.sopClass(), i.transferSyntax())).toList();
  }

  @Override
  public org.heliograph.dicom.net.dimse.StoredInstance instance(int index) {
    StoredInstance stored = instances.get(index);
    return new org.heliograph.dicom.net.dimse.StoredInstance(
        stored.sopClass(), stored.instance(), stored.transferSyntax(), new Bytes(archive, stored));
  }

  /** The data set without its file meta information. */
  private static final class Bytes implements DatasetSource {
    private final Archive archive;
    private final StoredInstance stored;
    private @Nullable DatasetSource source;

    Bytes(Archive archive, StoredInstance stored) {
      this.archive = archive;
      this.stored = stored;
    }

    @Override
    public InputStream open() throws IOException {
      return source().open();
    }

    @Override
    public long length() throws IOException {
      return source().length();
    }

    private DatasetSource source() throws IOException {
      DatasetSource known = source;
      if (known == null) {
        known = archive.retrieve().datasetSource(stored);
        source = known;
      }
      return known;
    }

    @Override
    public String toString() {
      return "Bytes[" + stored.id() + "]";
    }
  }
}
