package org.heliograph.node.spool;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.node.link.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * An instance in memory, as small as can be: about 300 bytes with all that belongs to it. Texts are
 * shared between entries.
 */
final class Entry {
  static final int DIGEST_BYTES = 32;
  private static final int UID_AT = DIGEST_BYTES + 1;

  final long idHigh;
  final long idLow;
  final int sopHash;
  final SeriesEntry series;
  final String sopClass;
  final String syntax;
  final String callingAe;
  final long receivedBytes;
  private final short headBytes;
  private final int associationId;
  final long receivedAt;
  final Urgency urgency;

  /** Whether it came as quarantined: its original lies in that folder. */
  final boolean apart;

  /**
   * The digest of what came, how many characters of the series' UID the SOP Instance UID begins
   * with, and the rest of it, packed.
   */
  private final byte[] digestAndUid;

  InstanceState state = InstanceState.RECEIVED;
  String code = "";
  @Nullable ParcelEntry parcel;

  /** What preparing gave, packed: as an object it would take thrice as much. */
  private byte @Nullable [] preparedFacts;

  private String preparedSyntax = "";

  /** Seconds of the epoch, unsigned; 0 if it is not confirmed. */
  int confirmedAt;

  /** Whether its file was looked for and found since the start. */
  boolean seen;

  /** Whether its file was read and compared since the start. */
  boolean verified;

  @Nullable Entry before;
  @Nullable Entry after;
  @Nullable Entry nextOfSeries;

  Entry(ReceivedRecord record, SeriesEntry series) {
    idHigh = record.id().getMostSignificantBits();
    idLow = record.id().getLeastSignificantBits();
    sopHash = record.sopInstance().hashCode();
    this.series = series;
    sopClass = record.sopClass().intern();
    syntax = record.syntax().intern();
    callingAe = record.callingAe().intern();
    receivedBytes = record.datasetBytes();
    headBytes = (short) record.headBytes();
    associationId = (int) record.associationId();
    receivedAt = record.receivedAt();
    urgency = record.urgency();
    int shared = shared(record.sopInstance(), series.uid);
    byte[] rest = PackedUid.pack(record.sopInstance().substring(shared));
    byte[] digest = HexFormat.of().parseHex(record.digest());
    digestAndUid = Arrays.copyOf(digest, UID_AT + rest.length);
    digestAndUid[DIGEST_BYTES] = (byte) shared;
    System.arraycopy(rest, 0, digestAndUid, UID_AT, rest.length);
    apart = record.quarantined();
    if (apart) {
      state = InstanceState.QUARANTINED;
      code = SpoolCode.CONFLICT;
    }
  }

  private static int shared(String uid, String series) {
    int most = Math.min(uid.length(), series.length());
    int shared = 0;
    while (shared < most && uid.charAt(shared) == series.charAt(shared)) {
      shared++;
    }
    return shared;
  }

  @Nullable PreparedEntry prepared() {
    byte[] facts = preparedFacts;
    return facts == null ? null : PreparedEntry.unpack(preparedSyntax, facts);
  }

  boolean isPrepared() {
    return preparedFacts != null;
  }

  void prepared(@Nullable PreparedEntry prepared) {
    preparedFacts = prepared == null ? null : prepared.pack();
    preparedSyntax = prepared == null ? "" : prepared.syntax;
  }

  UUID id() {
    return new UUID(idHigh, idLow);
  }

  String sopInstance() {
    return series.uid.substring(0, digestAndUid[DIGEST_BYTES])
        + PackedUid.unpack(digestAndUid, UID_AT, digestAndUid.length);
  }

  boolean isOf(String sopInstance) {
    return sopHash == sopInstance.hashCode() && sopInstance().equals(sopInstance);
  }

  /** Hexadecimal. */
  String receivedDigest() {
    return HexFormat.of().formatHex(digestAndUid, 0, DIGEST_BYTES);
  }

  boolean cameWith(String digest) {
    return receivedDigest().equals(digest);
  }

  /** Of what is sent on, hexadecimal. */
  String sentDigest() {
    PreparedEntry p = prepared();
    return p == null ? receivedDigest() : p.digest();
  }

  /** Data set bytes of what is sent on. */
  long sentBytes() {
    PreparedEntry p = prepared();
    return p == null ? receivedBytes : p.datasetBytes;
  }

  /** Of its original file, before the data set. */
  int headBytes() {
    return Short.toUnsignedInt(headBytes);
  }

  /** How long its file must be. */
  long fileBytes() {
    PreparedEntry p = prepared();
    return p == null || !p.newFile ? headBytes() + receivedBytes : p.headBytes() + p.datasetBytes;
  }

  Urgency effectiveUrgency() {
    Urgency set = series.study.urgency;
    return set == null ? urgency : set;
  }

  ReceivedRecord record() {
    return new ReceivedRecord(
        id(),
        sopInstance(),
        sopClass,
        series.study.uid,
        series.uid,
        syntax,
        receivedDigest(),
        receivedBytes,
        headBytes(),
        callingAe,
        Integer.toUnsignedLong(associationId),
        receivedAt,
        urgency,
        apart);
  }

  SpooledInstance told() {
    PreparedEntry p = prepared();
    ParcelEntry in = parcel;
    return new SpooledInstance(
        id(),
        state,
        SopInstanceUid.of(sopInstance()),
        SopClassUid.of(sopClass),
        StudyInstanceUid.of(series.study.uid),
        SeriesInstanceUid.of(series.uid),
        TransferSyntaxUid.of(syntax),
        receivedDigest(),
        receivedBytes,
        new AeTitle(callingAe),
        Integer.toUnsignedLong(associationId),
        Instant.ofEpochMilli(receivedAt),
        effectiveUrgency(),
        p == null ? null : p.told(),
        in == null ? null : in.id,
        code);
  }
}
