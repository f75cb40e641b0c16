package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.jspecify.annotations.Nullable;

/** Finds the instances that a C-MOVE or C-GET asks for (PS3.4 C.4.2 and C.4.3). */
@FunctionalInterface
public interface RetrieveHandler {
  /**
   * Finds the instances; they are sent as C-STORE sub-operations.
   *
   * @throws DimseException to answer with its status, such as A900H
   * @throws IOException is answered A701H
   */
  Retrieval retrieve(Request request) throws IOException;

  /**
   * A C-MOVE-RQ or C-GET-RQ.
   *
   * @param sopClass the information model
   * @param destination where the instances go
   * @param keys the request's identifier
   */
  record Request(
      Invocation invocation, SopClassUid sopClass, Destination destination, Dataset keys) {
    /** Keys are patient data. */
    @Override
    public String toString() {
      return "RetrieveHandler.Request[" + destination + "]";
    }
  }

  /** Where instances go. */
  sealed interface Destination {}

  /** Back over the association of the request: C-GET. */
  record SameAssociation() implements Destination {}

  /** To another application entity: C-MOVE. */
  record MoveDestination(AeTitle aeTitle) implements Destination {}

  /** A kind of instance, to be proposed as a presentation context. */
  record Kind(SopClassUid sopClass, TransferSyntaxUid transferSyntax) {}

  /** The instances of one retrieval, asked for one by one. */
  interface Retrieval extends AutoCloseable {
    /** How many sub-operations there will be. */
    int size();

    /** Every SOP class and transfer syntax among them, for the association of a C-MOVE. */
    Set<Kind> kinds();

    /**
     * The next instance, or null after the last.
     *
     * @throws UnavailableException if just this one cannot be had; the others follow
     * @throws IOException ends the retrieval with A702H
     */
    @Nullable StoredInstance next() throws IOException;

    /**
     * The same instance in a transfer syntax that the destination takes, or null if it cannot be
     * converted: its sub-operation has failed then.
     */
    default @Nullable StoredInstance recode(
        StoredInstance instance, Set<TransferSyntaxUid> accepted) throws IOException {
      return Recoding.recode(instance, accepted);
    }

    /** Called at the end, on C-CANCEL, and when the association breaks. */
    @Override
    default void close() throws IOException {}

    /** Instances that are at hand already. */
    static Retrieval of(List<StoredInstance> instances) {
      var all = List.copyOf(instances);
      var kinds = new LinkedHashSet<Kind>();
      all.forEach(each -> kinds.add(new Kind(each.sopClass(), each.transferSyntax())));
      Iterator<StoredInstance> each = all.iterator();
      return new Retrieval() {
        @Override
        public int size() {
          return all.size();
        }

        @Override
        public Set<Kind> kinds() {
          return kinds;
        }

        @Override
        public @Nullable StoredInstance next() {
          return each.hasNext() ? each.next() : null;
        }
      };
    }
  }

  /** One instance of a retrieval cannot be had: it counts as a failed sub-operation. */
  final class UnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient SopInstanceUid sopInstance;

    public UnavailableException(SopInstanceUid sopInstance) {
      super("an instance is not available");
      this.sopInstance = sopInstance;
    }

    public SopInstanceUid sopInstance() {
      return sopInstance;
    }
  }
}
