package org.heliograph.node.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.net.dimse.Priority;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.spool.Spool;
import org.heliograph.node.spool.SpooledInstance;
import org.heliograph.node.storage.IncomingInstance;
import org.heliograph.node.storage.InstanceSink;
import org.heliograph.node.storage.StoreOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool, and a look at the first image of each study: an order that was urgent at the modality
 * is urgent here, and so is what is sent with the priority HIGH of DIMSE. Both can make a study
 * more urgent than its sender's line says, never less.
 */
final class UrgentSink implements InstanceSink {
  private static final Logger log = LoggerFactory.getLogger(UrgentSink.class);
  private static final int REMEMBERED = 1_000;

  private final Spool spool;
  private final Set<StudyInstanceUid> seen =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<StudyInstanceUid, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  UrgentSink(Spool spool) {
    this.spool = spool;
  }

  @Override
  public StoreOutcome receive(IncomingInstance incoming) throws IOException {
    StoreOutcome outcome = spool.receive(incoming);
    if (outcome instanceof StoreOutcome.Stored) {
      look(incoming);
    }
    return outcome;
  }

  @Override
  public Set<String> furtherSopClasses() {
    return spool.furtherSopClasses();
  }

  /** The image is durable already: whatever goes wrong here, its sender is told so. */
  private void look(IncomingInstance incoming) {
    try {
      Optional<SpooledInstance> found = spool.bySopInstance(incoming.sopInstance());
      boolean high = incoming.priority() == Priority.HIGH;
      if (found.isPresent() && (seen.add(found.get().study()) || high)) {
        SpooledInstance instance = found.get();
        Urgency asked = urgency(spool.file(instance));
        if (high && asked == Urgency.ROUTINE) {
          asked = Urgency.URGENT;
        }
        if (asked.compareTo(instance.urgency()) < 0) {
          spool.urgent(instance.study(), asked);
        }
      }
    } catch (IOException | RuntimeException e) {
      log.warn("event=urgency.unknown cause={}", e.getClass().getName());
    }
  }

  private static Urgency urgency(Path file) throws IOException {
    Dataset header = DicomReader.readPart10(file, ReadOptions.header()).dataset();
    return of(header);
  }

  /** Requested Procedure Priority (PS3.3 C.4.11), or the retired Study Priority ID. */
  static Urgency of(Dataset header) {
    String requested = header.string(Tag.RequestedProcedurePriority, "");
    String study = header.string(Tag.StudyPriorityID, "");
    return switch ((requested.isBlank() ? study : requested).strip().toUpperCase(Locale.ROOT)) {
      case "STAT" -> Urgency.EMERGENCY;
      case "HIGH" -> Urgency.URGENT;
      default -> Urgency.ROUTINE;
    };
  }
}
