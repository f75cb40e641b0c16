package org.heliograph.node.spool;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.heliograph.node.link.ManifestStudy;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.spool.DocumentEntry.DocumentRecord;

/** Reads records of the spool's journal and applies them. */
final class RecordReader {
  private final DataInputStream in;

  private RecordReader(byte[] record) {
    in = new DataInputStream(new ByteArrayInputStream(record));
  }

  /**
   * Applies one record.
   *
   * @throws IOException it was written by a newer version, or not by the spool
   */
  static void apply(byte[] record, SpoolState state) throws IOException {
    new RecordReader(record).apply(state);
  }

  private void apply(SpoolState state) throws IOException {
    RecordKind kind = RecordKind.of(in.readUnsignedByte());
    if (kind == null) {
      throw new IOException("a record of a kind that is not known");
    }
    switch (kind) {
      case RECEIVED -> state.received(received());
      case PREPARED -> state.prepared(id(), prepared());
      case PARKED -> state.parked(id(), in.readUTF());
      case RETRIED -> state.retried(id());
      case RESTORED -> state.restored(id());
      case RELEASED -> state.released(id());
      case PARCELLED -> state.parcelled(parcel());
      case ANNOUNCED -> state.announced(id());
      case PART -> state.part(id(), in.readInt(), in.readBoolean());
      case PARCEL_PARKED -> state.parcelParked(id(), in.readUTF());
      case DISSOLVED -> state.dissolved(id());
      case CONFIRMED -> state.confirmed(id(), in.readInt());
      case PRUNED -> state.pruned(ids());
      case URGENT -> state.urgent(uid(), urgency());
      case DOCUMENT -> state.document(document());
      case NOTE -> state.note(in.readUTF(), in.readUTF());
      case REMEMBERED -> remembered(state.remembered);
    }
  }

  private ReceivedRecord received() throws IOException {
    return new ReceivedRecord(
        id(),
        uid(),
        uid(),
        uid(),
        uid(),
        uid(),
        digest(),
        in.readLong(),
        in.readUnsignedShort(),
        in.readUTF(),
        in.readLong(),
        in.readLong(),
        urgency(),
        in.readBoolean());
  }

  private PreparedEntry prepared() throws IOException {
    return new PreparedEntry(
        uid(),
        in.readLong(),
        in.readInt(),
        in.readUnsignedShort(),
        in.readBoolean(),
        in.readBoolean(),
        in.readBoolean(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        bytes(in.readUnsignedByte()));
  }

  private ParcelRecord parcel() throws IOException {
    UUID id = id();
    Urgency urgency = urgency();
    return ParcelRecord.of(id, urgency, Instant.ofEpochMilli(in.readLong()), ids(), ids());
  }

  private DocumentRecord document() throws IOException {
    return new DocumentRecord(
        id(),
        study(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readLong(),
        digest(),
        in.readLong(),
        urgency(),
        in.readBoolean());
  }

  private ManifestStudy study() throws IOException {
    return new ManifestStudy(
        uid(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF());
  }

  private void remembered(Remembered remembered) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      remembered.add(
          new Remembered.Mark(in.readLong(), in.readLong(), in.readLong(), in.readInt()));
    }
  }

  private Urgency urgency() throws IOException {
    return switch (in.readUnsignedByte()) {
      case 'E' -> Urgency.EMERGENCY;
      case 'U' -> Urgency.URGENT;
      case 'R' -> Urgency.ROUTINE;
      default -> throw new IOException("an urgency that is not known");
    };
  }

  private UUID id() throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }

  private List<UUID> ids() throws IOException {
    int count = in.readInt();
    List<UUID> ids = new ArrayList<>(Math.min(count, in.available() / 16));
    for (int i = 0; i < count; i++) {
      ids.add(id());
    }
    return ids;
  }

  private String digest() throws IOException {
    return HexFormat.of().formatHex(bytes(Entry.DIGEST_BYTES));
  }

  private String uid() throws IOException {
    byte[] packed = bytes(in.readUnsignedByte());
    return PackedUid.unpack(packed, 0, packed.length);
  }

  private byte[] bytes(int count) throws IOException {
    var bytes = new byte[count];
    in.readFully(bytes);
    return bytes;
  }
}
