package org.heliograph.reader.faces;

import java.io.IOException;
import java.time.Duration;
import org.heliograph.archive.Archive;
import org.heliograph.archive.blob.BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks the store of images now and then, so that health answers at once. */
@Component
class StoreProbe implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StoreProbe.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final BlobStore blobs;
  private final Thread thread;
  private volatile boolean serves = true;

  StoreProbe(Archive archive) {
    this.blobs = archive.blobs();
    this.thread = Thread.ofVirtual().name("store-probe").start(this::run);
  }

  /** Whether it served when it was asked or used last. */
  boolean serves() {
    return serves && !blobs.isAway();
  }

  private void run() {
    try {
      while (true) {
        serves = ask();
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      // closing
    }
  }

  private boolean ask() {
    try {
      blobs.check();
      return true;
    } catch (IOException | RuntimeException e) {
      log.debug("event=store.probe.failed cause={}", e.getClass().getSimpleName());
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
