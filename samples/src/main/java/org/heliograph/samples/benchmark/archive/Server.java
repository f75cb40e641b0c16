package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A running server that is measured. */
interface Server extends AutoCloseable {
  Product product();

  int dicomPort();

  String aeTitle();

  /** The processes whose descendants are all that works for it. */
  List<Long> roots() throws IOException;

  /** How many instances it has now. */
  long instances() throws IOException;

  /** Its web side; null where it has none. */
  @Nullable Web web();

  /**
   * Where DICOMweb is.
   *
   * @param root of the paths, without a slash at its end
   * @param cookies of a session, or ""
   */
  record Web(int port, String root, String cookies) {
    PlainHttp open() throws IOException {
      return new PlainHttp(port, cookies);
    }
  }

  @Override
  void close() throws IOException;
}
