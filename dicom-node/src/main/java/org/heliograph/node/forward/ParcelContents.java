package org.heliograph.node.forward;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.heliograph.node.link.Manifest;

/** What is on the disk for a parcel; it does not change until the parcel is confirmed. */
interface ParcelContents {
  /** Read anew each time: that of a large study is not kept in memory. */
  Manifest manifest() throws IOException;

  List<Manifest.Part> parts();

  /** The bytes of a part as they travel. */
  Path file(int part) throws IOException;

  /** Remembers, durably, what must survive a restart. */
  interface Log {
    void announced(UUID parcel) throws IOException;

    void partWhole(UUID parcel, int part) throws IOException;

    void partWanted(UUID parcel, int part) throws IOException;

    void parked(UUID parcel, String code) throws IOException;
  }
}
