package org.heliograph.node.watch;

import java.io.IOException;
import java.nio.file.Path;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.spool.Added;
import org.heliograph.node.spool.NewDocument;
import org.heliograph.node.spool.Spool;
import org.heliograph.node.spool.SpooledInstance;
import org.heliograph.node.storage.StoreOutcome;

/** Where a watched folder brings what it finds: durable on return. */
public interface WatchSink {
  /** What stands for the sender of files. */
  String ORIGIN = "WATCHFOLDER";

  /** Takes a Part 10 file. */
  StoreOutcome instance(Path file, Urgency urgency) throws IOException;

  /** Takes a photo or a PDF; the same one again changes nothing. */
  void document(NewDocument document, Path file) throws IOException;

  /** A gateway's spool. */
  static WatchSink of(Spool spool) {
    return new WatchSink() {
      @Override
      public StoreOutcome instance(Path file, Urgency urgency) throws IOException {
        Added added = spool.addFile(file, ORIGIN);
        if (urgency != Urgency.ROUTINE && added.instance() != null) {
          SpooledInstance instance = spool.find(added.instance()).orElse(null);
          if (instance != null && instance.urgency() != urgency) {
            spool.urgent(instance.study(), urgency);
          }
        }
        return added.outcome();
      }

      @Override
      public void document(NewDocument document, Path file) throws IOException {
        var _ = spool.addDocument(document, file);
      }
    };
  }
}
