package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.jspecify.annotations.Nullable;

/** Answers C-FIND (PS3.4 C.4.1, K.4.1): matching is the handler's. */
@FunctionalInterface
public interface FindHandler {
  /**
   * Starts a query.
   *
   * @throws DimseException to answer with its status, such as A900H
   * @throws IOException is answered A700H
   */
  Matches find(Request request) throws IOException;

  /**
   * A C-FIND-RQ.
   *
   * @param sopClass the information model
   * @param keys the request's identifier, in its own character set
   */
  record Request(Invocation invocation, SopClassUid sopClass, Dataset keys) {
    /** Keys are patient data. */
    @Override
    public String toString() {
      return "FindHandler.Request[]";
    }
  }

  /**
   * The matches of one query, asked for one by one: none is made before the one before it was sent,
   * so a slow peer slows the query. After each, C-CANCEL is looked for; a query that may take long
   * to the next match asks {@link Invocation#cancellation} itself and gives null early.
   */
  interface Matches extends AutoCloseable {
    /** The next match, or null after the last. */
    @Nullable Match next() throws IOException;

    /** Called at the end, on C-CANCEL, and when the association breaks. */
    @Override
    default void close() throws IOException {}

    /** Matches that are there already. */
    static Matches of(List<Dataset> identifiers) {
      Iterator<Dataset> each = List.copyOf(identifiers).iterator();
      return () -> each.hasNext() ? Match.of(each.next()) : null;
    }
  }
}
