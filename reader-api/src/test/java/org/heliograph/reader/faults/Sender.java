package org.heliograph.reader.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntSupplier;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.CtStudies.Slice;

/** A modality that does not give up, and remembers each answer it got. */
final class Sender {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final AeTitle title;
  private final IntSupplier port;
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();

  /**
   * @param port of the hub, asked for each association
   */
  Sender(String title, IntSupplier port) {
    this.title = new AeTitle(title);
    this.port = port;
  }

  /** SOP Instance UIDs that were answered 0000H. */
  Set<String> acknowledged() {
    return acknowledged;
  }

  /** Other statuses, in hexadecimal. */
  List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** Sends each until it is acknowledged. */
  void sendAll(List<Slice> slices) throws IOException {
    StorageScu scu = associate();
    for (Slice slice : slices) {
      while (!acknowledged.contains(slice.instance().value().value())) {
        try {
          note(
              slice,
              scu.store(CtStudies.SOP_CLASS, slice.instance(), CtStudies.SYNTAX, slice.source()));
        } catch (IOException _) {
          scu.close();
          scu = associate();
        }
      }
    }
    try {
      scu.release();
    } catch (IOException _) {
      scu.close(); // all of it has been acknowledged
    }
  }

  private void note(Slice slice, DimseStatus status) {
    if (status.hex().equals("0000")) {
      acknowledged.add(slice.instance().value().value());
    } else {
      refusals.add(status.hex());
    }
  }

  StorageScu associate() {
    return await("an association")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () ->
                StorageScu.to("127.0.0.1", port.getAsInt(), title, new AeTitle("HELIOGRAPH"))
                    .propose(CtStudies.SOP_CLASS, CtStudies.SYNTAX)
                    .proposeVerification()
                    .open(),
            _ -> true);
  }
}
