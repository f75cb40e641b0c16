package org.heliograph.node.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.PartTenHead;
import org.heliograph.node.link.Urgency;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Enters whole files that the journal does not know: it was cut off, damaged or lost. */
final class Adoption {
  private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);
  private static final String SENDER = "UNKNOWN";

  private final SpoolStore store;
  private final Folders folders;

  Adoption(SpoolStore store) {
    this.store = store;
    this.folders = store.folders;
  }

  void adopt(Path file) {
    UUID id = UUID.randomUUID();
    try {
      ReceivedRecord found = read(file, id);
      switch (store.with(state -> Intake.known(state, found.sopInstance(), found.digest()))) {
        case SAME, SAME_QUARANTINED -> store.discard(file);
        case NEW -> enter(file, found, false);
        case OTHER_CONTENT -> enter(file, found, true);
      }
    } catch (IOException e) {
      LOG.warn("event=spool.damaged instance={} code={}", id, SpoolCode.UNREADABLE);
      setAside(file, id);
    }
  }

  private void setAside(Path file, UUID id) {
    try {
      store.files.replace(file, folders.damaged(id, SpoolCode.UNREADABLE));
    } catch (IOException e) {
      LOG.warn("event=spool.damaged.stays cause={}", e.getClass().getSimpleName());
    }
  }

  private void enter(Path file, ReceivedRecord found, boolean apart) throws IOException {
    ReceivedRecord record = found.withApart(apart);
    Path target = folders.original(record.id(), apart);
    store.files.rename(file, target);
    Path folder = apart ? folders.quarantine : folders.instances;
    byte[] entered = RecordWriter.received(record);
    try {
      store.write(List.of(entered), Set.of(folder));
    } catch (IOException e) {
      LOG.warn("event=spool.recovery.unwritten cause={}", e.getClass().getSimpleName());
      store.apply(List.of(entered));
    }
    store.with(state -> {
      Entry entry = state.find(record.id());
      if (entry != null) {
        entry.seen = true;
        entry.verified = true;
      }
      return record;
    });
    LOG.info("event=spool.reentered instance={}", record.id());
  }

  boolean isOriginal(Entry entry, Path file) throws IOException {
    if (Files.size(file) != entry.headBytes() + entry.receivedBytes) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(entry.headBytes());
      return entry.cameWith(Sha256.of(in));
    }
  }

  private ReceivedRecord read(Path file, UUID id) throws IOException {
    MessageDigest digest = Sha256.begin();
    long datasetBytes;
    PartTenHead head;
    Dataset header;
    try (InputStream in = Files.newInputStream(file)) {
      head = PartTenHead.read(in);
      datasetBytes = Sha256.update(digest, head.dataset());
    }
    try (InputStream in = Files.newInputStream(file)) {
      InputStream dataset = PartTenHead.read(in).dataset();
      TransferSyntax syntax = TransferSyntax.of(head.transferSyntax());
      header = DicomReader.readDataset(dataset, syntax, Receiver.ALL).dataset();
    }
    return new ReceivedRecord(
        id,
        uid(header, Tag.SOPInstanceUID),
        uid(header, Tag.SOPClassUID),
        uid(header, Tag.StudyInstanceUID),
        uid(header, Tag.SeriesInstanceUID),
        head.transferSyntax(),
        HexFormat.of().formatHex(digest.digest()),
        datasetBytes,
        (int) (Files.size(file) - datasetBytes),
        SENDER,
        0,
        Files.getLastModifiedTime(file).toMillis(),
        Urgency.ROUTINE,
        false);
  }

  private static String uid(Dataset header, int tag) throws IOException {
    String value = header.string(tag, "");
    if (!Uid.isValid(value)) {
      throw new IOException("a required UID is missing");
    }
    return value;
  }
}
