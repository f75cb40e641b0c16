package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.RetrieveHandler.Kind;
import org.heliograph.dicom.net.dimse.RetrieveHandler.Retrieval;
import org.heliograph.dicom.net.ul.AssociationException;
import org.heliograph.dicom.net.ul.Retry;
import org.jspecify.annotations.Nullable;

/**
 * Sends the instances of a C-MOVE over an association of its own (PS3.4 C.4.2.2.1), in the transfer
 * syntax they have if the destination takes it, else recoded.
 */
public final class StorageSender implements MoveDestinations.Sender {
  private static final int MAX_CONTEXTS = 128;
  private static final int MAX_REOPENED = 3;

  private final StorageScu.Builder destination;
  private final Retrieval retrieval;
  private final Priority priority;
  private StorageScu scu;
  private int reopened;

  private StorageSender(
      StorageScu.Builder destination, StorageScu scu, Retrieval retrieval, Priority priority) {
    this.destination = destination;
    this.scu = scu;
    this.retrieval = retrieval;
    this.priority = priority;
  }

  /**
   * Opens the association.
   *
   * @param destination prepared with address and timeouts, but without contexts
   */
  public static StorageSender open(
      StorageScu.Builder destination, Retrieval retrieval, Priority priority) throws IOException {
    var proposed = 0;
    for (var kind : kinds(retrieval.kinds())) {
      if (proposed++ < MAX_CONTEXTS) {
        destination.propose(kind.sopClass(), kind.transferSyntax());
      }
    }
    return new StorageSender(destination, destination.open(), retrieval, priority);
  }

  /** The kinds there are, then those they may be recoded to. */
  private static Set<Kind> kinds(Set<Kind> wanted) {
    var all = new LinkedHashSet<>(wanted);
    var sopClasses = new LinkedHashSet<SopClassUid>();
    wanted.forEach(kind -> sopClasses.add(kind.sopClass()));
    for (var sopClass : sopClasses) {
      for (var plain : List.of(Uids.ExplicitVrLittleEndian, Uids.ImplicitVrLittleEndian)) {
        all.add(new Kind(sopClass, TransferSyntaxUid.of(plain)));
      }
    }
    return all;
  }

  /**
   * Sends one instance; once more on a new association if this one broke, since storing an instance
   * twice does no harm. After some such breaks the rest fails.
   */
  @Override
  public DimseStatus store(StoredInstance instance, MoveOriginator originator) throws IOException {
    if (!scu.isOpen()) {
      reopen();
    }
    try {
      return send(instance, originator);
    } catch (AssociationException e) {
      if (e.retry() == Retry.NEVER || reopened == MAX_REOPENED) {
        throw e;
      }
      reopen();
      return send(instance, originator);
    }
  }

  private void reopen() throws IOException {
    if (reopened == MAX_REOPENED) {
      throw new IOException("the destination broke " + reopened + " associations");
    }
    reopened++;
    scu = destination.open();
  }

  private DimseStatus send(StoredInstance instance, MoveOriginator originator) throws IOException {
    var sent = fitting(instance);
    return sent == null
        ? DimseStatus.SOP_CLASS_NOT_SUPPORTED
        : scu.store(sent, priority, originator);
  }

  private @Nullable StoredInstance fitting(StoredInstance instance) throws IOException {
    if (scu.accepts(instance.sopClass(), instance.transferSyntax())) {
      return instance;
    }
    var accepted = scu.transferSyntaxes(instance.sopClass());
    return accepted.isEmpty() ? null : retrieval.recode(instance, accepted);
  }

  /** Releases the association; one that broke is just dropped. */
  @Override
  public void close() {
    try (var last = scu) {
      if (last.isOpen()) {
        last.release();
      }
    } catch (IOException | IllegalStateException _) {
      // whatever was stored has been answered for
    }
  }
}
