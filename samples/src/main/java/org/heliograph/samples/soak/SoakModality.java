package org.heliograph.samples.soak;

import java.io.IOException;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.samples.gateway.GatewayBox;

/**
 * A modality that sends one image after the other, again when it was not answered, and one in
 * twenty again though it was.
 */
final class SoakModality {
  private static final SopClassUid CLASS = SopClassUid.of(Uids.CtImageStorage);
  private static final TransferSyntaxUid SYNTAX = TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);
  private static final int PAUSE_MILLIS = 20;
  private static final int AFTER_FAULT_MILLIS = 200;

  private final long seed;
  private final int port;
  private final String calling;
  private final int first;
  private final int step;
  private final SplittableRandom random;
  private final BitSet acknowledged = new BitSet();
  private final AtomicInteger repeats = new AtomicInteger();
  private final Thread thread;
  private volatile boolean finishing;

  /** Sends the images {@code first}, {@code first + step}, … */
  SoakModality(long seed, int port, String calling, int first, int step) {
    this.seed = seed;
    this.port = port;
    this.calling = calling;
    this.first = first;
    this.step = step;
    this.random = new SplittableRandom(seed + first);
    this.thread = Thread.ofVirtual().name("modality-" + first).start(this::work);
  }

  private void work() {
    int next = first;
    while (!finishing) {
      try (StorageScu scu =
          StorageScu.to("127.0.0.1", port, new AeTitle(calling), new AeTitle(GatewayBox.AE_TITLE))
              .propose(CLASS, SYNTAX)
              .open()) {
        for (int i = 0; i < 10 && !finishing; i++) {
          if (random.nextInt(20) == 0 && !acknowledged.isEmpty()) {
            int again = acknowledged.previousSetBit(random.nextInt(acknowledged.length()));
            if (again >= 0) {
              send(scu, again);
              repeats.incrementAndGet();
            }
          }
          if (send(scu, next)) {
            synchronized (this) {
              acknowledged.set(next);
            }
            next += step;
          }
          Thread.sleep(PAUSE_MILLIS);
        }
        scu.release();
      } catch (IOException | RuntimeException _) {
        if (!pause()) {
          return;
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(AFTER_FAULT_MILLIS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private boolean send(StorageScu scu, int number) throws IOException {
    var image = new SoakImage(seed, number);
    DimseStatus status =
        scu.store(
            CLASS, SopInstanceUid.of(image.instance()), SYNTAX, DatasetSource.of(image.dataset()));
    return status.code() == DimseStatus.SUCCESS.code();
  }

  /** The numbers of the images that were answered with success. */
  synchronized BitSet acknowledged() {
    return (BitSet) acknowledged.clone();
  }

  int repeats() {
    return repeats.get();
  }

  /** Finishes the image that is being sent. */
  void finish() throws InterruptedException {
    finishing = true;
    thread.join();
  }
}
