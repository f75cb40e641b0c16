package org.heliograph.node.query;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.dicom.net.dimse.RetrieveHandler.Kind;
import org.heliograph.dicom.net.dimse.StoredInstance;
import org.heliograph.node.peer.PeerAddress;

/**
 * What the Query/Retrieve SCPs know: the archive at the hub. It tells a caller only of what the
 * caller may see. Called on the threads of associations, many at once.
 */
public interface StudyCatalog {
  /**
   * Finds what matches; the answers are asked for one by one.
   *
   * @throws DimseException the caller may not query ({@code 0124}), or a key's value cannot be
   *     matched ({@code A900})
   * @throws IOException the catalog does not answer, worth another try
   */
  Found find(QueryCaller caller, CatalogQuery query) throws IOException;

  /**
   * Answers to a query.
   *
   * @param ignored keys that were not matched: every value matched them
   * @param answers may throw {@link java.io.UncheckedIOException}
   */
  record Found(Set<Integer> ignored, Iterator<Dataset> answers) {
    public Found {
      ignored = Set.copyOf(ignored);
    }

    @Override
    public String toString() {
      return "Found[***]";
    }
  }

  /**
   * Selects instances.
   *
   * @throws DimseException the caller may not retrieve, or a key's value cannot be matched
   * @throws IOException the catalog does not answer, worth another try
   */
  Selected select(QueryCaller caller, CatalogSelection selection) throws IOException;

  /** The instances of a retrieval, in the order in which they are sent. */
  interface Selected {
    /** What each instance is. */
    List<Kind> kinds();

    /**
     * One of the instances, by its place in {@link #kinds}.
     *
     * @throws org.heliograph.dicom.net.dimse.RetrieveHandler.UnavailableException its bytes cannot
     *     be had
     */
    StoredInstance instance(int index) throws IOException;
  }

  /**
   * Where a caller's C-MOVE goes.
   *
   * @throws DimseException {@code A801} if the destination is unknown or not for this caller
   * @throws IOException the catalog does not answer, worth another try
   */
  PeerAddress destination(QueryCaller caller, AeTitle destination) throws IOException;
}
