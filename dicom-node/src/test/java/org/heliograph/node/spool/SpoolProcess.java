package org.heliograph.node.spool;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.storage.StoreOutcome;

/**
 * A process that lives with a spool until it reaches a step, says so and waits to be killed. It
 * tells on its output what it was promised.
 */
final class SpoolProcess {
  private SpoolProcess() {}

  /** Folder, phase, operation and a part of the path of the step. */
  public static void main(String[] args) throws Exception {
    String phase = args[1];
    String operation = args[2];
    String path = args[3];
    var armed = new AtomicBoolean();
    var files =
        new FaultyFiles(
            DurableFiles.SYSTEM,
            (op, at) -> {
              if (armed.get() && op.equals(operation) && at.toString().contains(path)) {
                say("AT STEP");
                waitForTheEnd();
              }
            });
    SpoolSettings settings = SpoolSettings.of(Path.of(args[0])).withReserveBytes(0);
    try (Spool spool = Spool.open(settings, files, InstantSource.system())) {
      var random = new Random();
      for (int i = 0; ; i++) {
        armed.set(i > 0 && phase.equals("receive"));
        var image = TestInstance.random(random);
        if (spool.receive(image.incoming()) instanceof StoreOutcome.Stored) {
          say("STORED " + image.uid() + " " + image.digest());
        }
        armed.set(i > 0 && phase.equals("prepare"));
        SpooledInstance received = spool.bySopInstance(image.sopInstance()).orElseThrow();
        say("RECODED " + image.uid() + " " + image.altered().digest());
        spool.prepared(received.id(), SpoolUse.recoded(spool, received, image.altered()));
        SpooledInstance prepared = spool.find(received.id()).orElseThrow();
        armed.set(i > 0 && phase.equals("parcel"));
        ParcelRecord parcel = SpoolUse.parcel(List.of(prepared.id()), List.of());
        spool.parcel(parcel);
        armed.set(i > 0 && phase.equals("receipt"));
        say("SIGNED " + image.uid() + " " + image.digest());
        spool.receipt(SpoolUse.stored(parcel.id(), prepared), true);
        armed.set(i > 0 && phase.equals("prune"));
        spool.prune(new PrunePolicy(Duration.ZERO, 0, 0));
        var kept = TestInstance.random(random); // one that only waits
        armed.set(false);
        if (spool.receive(kept.incoming()) instanceof StoreOutcome.Stored) {
          say("STORED " + kept.uid() + " " + kept.digest());
        }
      }
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static void waitForTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
