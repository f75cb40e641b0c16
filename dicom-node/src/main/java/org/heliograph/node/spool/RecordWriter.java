package org.heliograph.node.spool;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.heliograph.node.link.ManifestStudy;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.spool.DocumentEntry.DocumentRecord;

/** Writes the records of the spool's journal; {@link RecordReader} knows how they are read. */
final class RecordWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private final DataOutputStream out = new DataOutputStream(bytes);

  private RecordWriter() {}

  private interface Fields {
    void to(RecordWriter record) throws IOException;
  }

  private static byte[] record(RecordKind kind, Fields fields) {
    var record = new RecordWriter();
    try {
      record.out.writeByte(kind.code());
      fields.to(record);
      record.out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return record.bytes.toByteArray();
  }

  static byte[] received(ReceivedRecord r) {
    return record(
        RecordKind.RECEIVED,
        w -> {
          w.id(r.id());
          w.uid(r.sopInstance());
          w.uid(r.sopClass());
          w.uid(r.study());
          w.uid(r.series());
          w.uid(r.syntax());
          w.out.write(HexFormat.of().parseHex(r.digest()));
          w.out.writeLong(r.datasetBytes());
          w.out.writeShort(r.headBytes());
          w.out.writeUTF(r.callingAe());
          w.out.writeLong(r.associationId());
          w.out.writeLong(r.receivedAt());
          w.urgency(r.urgency());
          w.out.writeBoolean(r.quarantined());
        });
  }

  static byte[] prepared(UUID id, PreparedEntry p) {
    return record(
        RecordKind.PREPARED,
        w -> {
          w.id(id);
          w.uid(p.syntax);
          w.out.writeLong(p.datasetBytes);
          w.out.writeInt(p.tag);
          w.out.writeShort(p.headBytes());
          w.out.writeBoolean(p.newFile);
          w.out.writeBoolean(p.preview);
          w.out.writeBoolean(p.lossy);
          w.out.writeInt(p.rows);
          w.out.writeInt(p.columns);
          w.out.writeInt(p.frames);
          w.out.writeByte(p.digests().length);
          w.out.write(p.digests());
        });
  }

  static byte[] parked(UUID id, String code) {
    return record(
        RecordKind.PARKED,
        w -> {
          w.id(id);
          w.out.writeUTF(code);
        });
  }

  /** A record that says only of what it is. */
  static byte[] of(RecordKind kind, UUID id) {
    return record(kind, w -> w.id(id));
  }

  static byte[] parcelled(ParcelRecord p) {
    return record(
        RecordKind.PARCELLED,
        w -> {
          w.id(p.id());
          w.urgency(p.urgency());
          w.out.writeLong(p.closedAt().toEpochMilli());
          w.ids(p.instances());
          w.ids(p.documents());
        });
  }

  static byte[] part(UUID parcel, int part, boolean whole) {
    return record(
        RecordKind.PART,
        w -> {
          w.id(parcel);
          w.out.writeInt(part);
          w.out.writeBoolean(whole);
        });
  }

  static byte[] parcelParked(UUID parcel, String code) {
    return record(
        RecordKind.PARCEL_PARKED,
        w -> {
          w.id(parcel);
          w.out.writeUTF(code);
        });
  }

  static byte[] confirmed(UUID id, int seconds) {
    return record(
        RecordKind.CONFIRMED,
        w -> {
          w.id(id);
          w.out.writeInt(seconds);
        });
  }

  static byte[] pruned(Collection<UUID> ids) {
    return record(RecordKind.PRUNED, w -> w.ids(List.copyOf(ids)));
  }

  static byte[] urgent(String study, Urgency urgency) {
    return record(
        RecordKind.URGENT,
        w -> {
          w.uid(study);
          w.urgency(urgency);
        });
  }

  static byte[] document(DocumentRecord d) {
    return record(
        RecordKind.DOCUMENT,
        w -> {
          w.id(d.id());
          w.study(d.study());
          w.out.writeUTF(d.mediaType());
          w.out.writeUTF(d.view());
          w.out.writeUTF(d.title());
          w.out.writeLong(d.sizeBytes());
          w.out.write(HexFormat.of().parseHex(d.digest()));
          w.out.writeLong(d.receivedAt());
          w.urgency(d.urgency());
          w.out.writeBoolean(d.hasPreview());
        });
  }

  static byte[] note(String key, String value) {
    return record(
        RecordKind.NOTE,
        w -> {
          w.out.writeUTF(key);
          w.out.writeUTF(value);
        });
  }

  static byte[] remembered(List<Remembered.Mark> marks) {
    return record(
        RecordKind.REMEMBERED,
        w -> {
          w.out.writeInt(marks.size());
          for (Remembered.Mark mark : marks) {
            w.out.writeLong(mark.uid());
            w.out.writeLong(mark.digestHigh());
            w.out.writeLong(mark.digestLow());
            w.out.writeInt(mark.confirmedAt());
          }
        });
  }

  private void study(ManifestStudy s) throws IOException {
    uid(s.studyInstanceUid());
    for (String field :
        List.of(
            s.patientName(),
            s.patientId(),
            s.issuerOfPatientId(),
            s.patientBirthDate(),
            s.patientSex(),
            s.accessionNumber(),
            s.studyDate(),
            s.studyDescription(),
            s.modality(),
            s.bodyPartExamined(),
            s.laterality())) {
      out.writeUTF(field);
    }
  }

  private void urgency(Urgency urgency) throws IOException {
    out.writeByte(
        switch (urgency) {
          case EMERGENCY -> 'E';
          case URGENT -> 'U';
          case ROUTINE -> 'R';
        });
  }

  private void id(UUID id) throws IOException {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  private void ids(List<UUID> ids) throws IOException {
    out.writeInt(ids.size());
    for (UUID each : ids) {
      id(each);
    }
  }

  private void uid(String uid) throws IOException {
    byte[] packed = PackedUid.pack(uid);
    out.writeByte(packed.length);
    out.write(packed);
  }
}
