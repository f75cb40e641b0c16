package org.heliograph.node.spool;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.node.link.Urgency;
import org.jspecify.annotations.Nullable;

/** A study in memory: its series and how many instances of it are how far. */
final class StudyEntry {
  final String uid;
  final Map<String, SeriesEntry> series = new LinkedHashMap<>();
  private final Map<InstanceState, Tally> tallies = new EnumMap<>(InstanceState.class);
  long firstAt = Long.MAX_VALUE;
  long lastAt = Long.MIN_VALUE;
  String lastAe = "";

  /** What a person set; null if nobody did. */
  @Nullable Urgency urgency;

  /** Of the newest instance. */
  Urgency lastUrgency = Urgency.ROUTINE;

  StudyEntry(String uid) {
    this.uid = uid;
  }

  void came(Entry entry) {
    firstAt = Math.min(firstAt, entry.receivedAt);
    if (entry.receivedAt >= lastAt) {
      lastAt = entry.receivedAt;
      lastAe = entry.callingAe;
      lastUrgency = entry.urgency;
    }
  }

  /** Instances of one state, and the bytes of their data sets as they are sent on. */
  private record Tally(int instances, long bytes) {
    static final Tally NONE = new Tally(0, 0);
  }

  void count(InstanceState state, int instances, long byteCount) {
    Tally before = tally(state);
    tallies.put(state, new Tally(before.instances() + instances, before.bytes() + byteCount));
  }

  private Tally tally(InstanceState state) {
    return tallies.getOrDefault(state, Tally.NONE);
  }

  boolean isEmpty() {
    return series.isEmpty();
  }

  StudyProgress progress() {
    long all = 0;
    for (InstanceState state : InstanceState.values()) {
      all += state == InstanceState.QUARANTINED ? 0 : tally(state).bytes();
    }
    return new StudyProgress(
        StudyInstanceUid.of(uid),
        urgency == null ? lastUrgency : urgency,
        count(InstanceState.RECEIVED),
        count(InstanceState.PREPARED),
        count(InstanceState.PARCELLED),
        count(InstanceState.CONFIRMED),
        count(InstanceState.PARKED),
        all,
        tally(InstanceState.CONFIRMED).bytes(),
        Instant.ofEpochMilli(firstAt),
        Instant.ofEpochMilli(lastAt),
        new AeTitle(lastAe));
  }

  private int count(InstanceState state) {
    return tally(state).instances();
  }
}
