package org.heliograph.node.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what people and devices put into a folder: DICOM files at any depth, photos and PDFs with
 * patient data from a {@code case.properties} beside them, or from the name of their folder. A file
 * is moved to {@code done} only after the spool has it durably; what cannot be taken is moved to
 * {@code refused}, with a text file beside it that says why in plain words.
 *
 * <p>The system tells when something changes; as network drives do not, the folder is looked
 * through now and then all the same. No log line has the name of a file, since people write
 * patients' names there.
 */
public final class WatchFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WatchFolder.class);
  private static final int MAX_WATCHED_FOLDERS = 500;
  private static final Duration BREATH = Duration.ofMillis(300);
  private static final Duration ENDING = Duration.ofSeconds(30);

  private final WatchSettings settings;
  private final FolderLook look;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Set<Path> watched = new HashSet<>();
  private final @Nullable WatchService service;
  private @Nullable Thread thread;
  private boolean away;

  private WatchFolder(WatchSettings settings, FolderLook look) {
    this.settings = settings;
    this.look = look;
    this.service = service(settings.folder());
  }

  /** Begins to watch; the folder is made if it is missing, as soon as that is possible. */
  public static WatchFolder start(
      WatchSettings settings, WatchSink sink, InstantSource clock, ZoneId zone) {
    var folder = new WatchFolder(settings, new FolderLook(settings, sink, clock, zone));
    folder.thread = Thread.ofVirtual().name("watch-folder").start(folder::run);
    return folder;
  }

  private static @Nullable WatchService service(Path folder) {
    try {
      return folder.getFileSystem().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      return null; // looking now and then has to do
    }
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        boolean soon = lookOnce();
        pause(soon ? settings.settle() : settings.lookEvery());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing
    } catch (ClosedWatchServiceException e) {
      LOG.debug("event=watch.closed");
    }
  }

  private boolean lookOnce() {
    try {
      Files.createDirectories(settings.folder());
      FolderLook.Result result = look.look();
      watch(result.folders());
      if (away) {
        away = false;
        LOG.info("event=watch.folder-back");
      }
      if (result.taken() + result.refused() > 0) {
        LOG.info(
            "event=watch.looked taken={} refused={} waiting={}",
            result.taken(),
            result.refused(),
            result.waiting());
      }
      return result.waiting() > 0;
    } catch (IOException | RuntimeException e) {
      if (!away) {
        away = true;
        LOG.warn("event=watch.folder-away fault={}", e.getClass().getSimpleName());
      }
      return false;
    }
  }

  private void watch(List<Path> folders) {
    if (service == null) {
      return;
    }
    watched.retainAll(folders);
    for (Path folder : folders) {
      if (watched.size() < MAX_WATCHED_FOLDERS && !watched.contains(folder)) {
        try {
          folder.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
          watched.add(folder);
        } catch (IOException e) {
          return; // too many watches, or a drive that has none: looking has to do
        }
      }
    }
  }

  /** Until something changes or the time is over; never less than a breath. */
  private void pause(Duration atMost) throws InterruptedException {
    if (closing.await(BREATH.toMillis(), TimeUnit.MILLISECONDS)) {
      return;
    }
    long left = atMost.minus(BREATH).toMillis();
    if (service == null) {
      var _ = closing.await(Math.max(0, left), TimeUnit.MILLISECONDS);
      return;
    }
    WatchKey key = service.poll(Math.max(0, left), TimeUnit.MILLISECONDS);
    while (key != null) {
      key.pollEvents();
      if (!key.reset()) {
        watched.remove((Path) key.watchable());
      }
      key = service.poll();
    }
  }

  /** Ends after the file that is being taken. */
  @Override
  public void close() {
    closing.countDown();
    try {
      if (service != null) {
        service.close();
      }
      if (thread != null) {
        thread.join(ENDING);
      }
    } catch (IOException e) {
      LOG.debug("event=watch.close fault={}", e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
