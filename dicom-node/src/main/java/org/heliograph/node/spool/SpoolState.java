package org.heliograph.node.spool;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.spool.DocumentEntry.DocumentRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the journal's records add up to. Each method that changes it is one kind of record and does
 * the same when it is replayed: what does not fit any more has no effect. Not for several threads.
 */
final class SpoolState {
  final EntryTable byId = new EntryTable(e -> hash(e.idHigh, e.idLow));
  final EntryTable bySopInstance = new EntryTable(e -> e.sopHash);
  final Map<String, StudyEntry> studies = new LinkedHashMap<>();
  final Map<UUID, ParcelEntry> parcels = new LinkedHashMap<>();
  final Map<UUID, DocumentEntry> documents = new LinkedHashMap<>();
  final Map<String, String> notes = new HashMap<>();
  final Remembered remembered;
  private final Map<InstanceState, StateList> lists = new EnumMap<>(InstanceState.class);

  SpoolState(int maxRemembered) {
    remembered = new Remembered(maxRemembered);
    for (InstanceState state : InstanceState.values()) {
      lists.put(state, new StateList());
    }
  }

  private static int hash(long high, long low) {
    return Long.hashCode(high ^ low);
  }

  StateList list(InstanceState state) {
    StateList list = lists.get(state);
    if (list == null) {
      throw new IllegalStateException("every state has a list");
    }
    return list;
  }

  @Nullable Entry find(UUID id) {
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    return byId.find(hash(high, low), e -> e.idHigh == high && e.idLow == low);
  }

  /** Not the quarantined ones. */
  @Nullable Entry bySopInstance(String uid) {
    return bySopInstance.find(
        uid.hashCode(), e -> e.state != InstanceState.QUARANTINED && e.isOf(uid));
  }

  @Nullable Entry quarantined(String uid, String digest) {
    return bySopInstance.find(
        uid.hashCode(),
        e -> e.state == InstanceState.QUARANTINED && e.isOf(uid) && e.cameWith(digest));
  }

  void received(ReceivedRecord record) {
    if (find(record.id()) != null) {
      return;
    }
    StudyEntry study = studies.computeIfAbsent(record.study(), StudyEntry::new);
    SeriesEntry series =
        study.series.computeIfAbsent(record.series(), uid -> new SeriesEntry(uid, study));
    var entry = new Entry(record, series);
    byId.add(entry);
    bySopInstance.add(entry);
    series.add(entry);
    study.came(entry);
    list(entry.state).add(entry);
    study.count(entry.state, 1, entry.sentBytes());
  }

  void prepared(UUID id, PreparedEntry prepared) {
    Entry entry = find(id);
    if (entry != null && entry.state == InstanceState.RECEIVED) {
      leave(entry);
      entry.prepared(prepared);
      entry.verified = false;
      enter(entry, InstanceState.PREPARED, "");
    }
  }

  /** A person or a check set it aside. */
  void parked(UUID id, String code) {
    Entry entry = find(id);
    if (entry != null && isWaiting(entry.state)) {
      leaveParcel(entry);
      leave(entry);
      enter(entry, InstanceState.PARKED, code);
    }
    DocumentEntry document = documents.get(id);
    if (document != null && isWaiting(document.state)) {
      leaveParcel(document);
      document.state = InstanceState.PARKED;
      document.code = code;
    }
  }

  private static boolean isWaiting(InstanceState state) {
    return state == InstanceState.RECEIVED
        || state == InstanceState.PREPARED
        || state == InstanceState.PARCELLED;
  }

  /** What was parked goes on. */
  void retried(UUID id) {
    Entry entry = find(id);
    if (entry != null && entry.state == InstanceState.PARKED) {
      leave(entry);
      enter(entry, readyState(entry), "");
    }
    DocumentEntry document = documents.get(id);
    if (document != null && document.state == InstanceState.PARKED) {
      document.state = InstanceState.PREPARED;
      document.code = "";
    }
    ParcelEntry parcel = parcels.get(id);
    if (parcel != null) {
      parcel.code = "";
    }
  }

  private static InstanceState readyState(Entry entry) {
    return !entry.isPrepared() ? InstanceState.RECEIVED : InstanceState.PREPARED;
  }

  /** The file is what came, again: it has to be prepared anew. */
  void restored(UUID id) {
    Entry entry = find(id);
    if (entry != null && (isWaiting(entry.state) || entry.state == InstanceState.PARKED)) {
      leaveParcel(entry);
      leave(entry);
      entry.prepared(null);
      entry.verified = false;
      enter(entry, InstanceState.RECEIVED, "");
    }
  }

  void parcelled(ParcelRecord record) {
    if (parcels.containsKey(record.id())) {
      return;
    }
    var parcel = new ParcelEntry(record);
    parcels.put(parcel.id, parcel);
    for (UUID id : parcel.instances) {
      Entry entry = find(id);
      if (entry != null && entry.state == InstanceState.PREPARED) {
        leave(entry);
        entry.parcel = parcel;
        parcel.waiting++;
        enter(entry, InstanceState.PARCELLED, "");
      }
    }
    for (UUID id : parcel.documents) {
      DocumentEntry document = documents.get(id);
      if (document != null && document.state == InstanceState.PREPARED) {
        document.state = InstanceState.PARCELLED;
        document.parcel = parcel;
        parcel.waiting++;
      }
    }
    closeIfDone(parcel);
  }

  void announced(UUID id) {
    ParcelEntry parcel = parcels.get(id);
    if (parcel != null) {
      parcel.announced = true;
    }
  }

  void part(UUID id, int part, boolean whole) {
    ParcelEntry parcel = parcels.get(id);
    if (parcel != null && part >= 0) {
      parcel.wholeParts.set(part, whole);
    }
  }

  void parcelParked(UUID id, String code) {
    ParcelEntry parcel = parcels.get(id);
    if (parcel != null) {
      parcel.code = code;
    }
  }

  void dissolved(UUID id) {
    ParcelEntry parcel = parcels.remove(id);
    if (parcel == null) {
      return;
    }
    for (UUID each : parcel.instances) {
      Entry entry = find(each);
      if (entry != null && parcel.equals(entry.parcel)) {
        leave(entry);
        entry.parcel = null;
        enter(entry, readyState(entry), "");
      }
    }
    for (UUID each : parcel.documents) {
      DocumentEntry document = documents.get(each);
      if (document != null && parcel.equals(document.parcel)) {
        document.parcel = null;
        document.state = InstanceState.PREPARED;
      }
    }
  }

  void confirmed(UUID id, int seconds) {
    Entry entry = find(id);
    if (entry != null && (isWaiting(entry.state) || entry.state == InstanceState.PARKED)) {
      leaveParcel(entry);
      leave(entry);
      entry.confirmedAt = seconds;
      enter(entry, InstanceState.CONFIRMED, "");
    }
    DocumentEntry document = documents.get(id);
    if (document != null && document.state != InstanceState.CONFIRMED) {
      leaveParcel(document);
      document.state = InstanceState.CONFIRMED;
      document.code = "";
      document.confirmedAt = seconds;
    }
  }

  /** The files are gone for good; that they were there is remembered. */
  void pruned(Collection<UUID> ids) {
    for (UUID id : ids) {
      Entry entry = find(id);
      if (entry != null && entry.state == InstanceState.CONFIRMED) {
        remembered.add(
            Remembered.Mark.of(entry.sopInstance(), entry.receivedDigest(), entry.confirmedAt));
        remove(entry);
      }
      DocumentEntry document = documents.get(id);
      if (document != null && document.state == InstanceState.CONFIRMED) {
        documents.remove(id);
      }
    }
  }

  private void remove(Entry entry) {
    list(entry.state).remove(entry);
    byId.remove(entry);
    bySopInstance.remove(entry);
    SeriesEntry series = entry.series;
    StudyEntry study = series.study;
    study.count(entry.state, -1, -entry.sentBytes());
    series.remove(entry);
    if (series.isEmpty()) {
      study.series.remove(series.uid);
    }
    if (study.isEmpty()) {
      studies.remove(study.uid);
    }
  }

  /** What was quarantined is sent after all, now that nothing of the same UID waits. */
  void released(UUID id) {
    Entry entry = find(id);
    if (entry != null && entry.state == InstanceState.QUARANTINED) {
      leave(entry);
      enter(entry, InstanceState.RECEIVED, "");
    }
  }

  void urgent(String study, Urgency urgency) {
    StudyEntry entry = studies.get(study);
    if (entry != null) {
      entry.urgency = urgency;
      entry.series.values().forEach(series -> series.forEach(e -> urgent(e.parcel, urgency)));
    }
    for (DocumentEntry document : documents.values()) {
      if (document.record.study().studyInstanceUid().equals(study)) {
        document.urgency = urgency;
        urgent(document.parcel, urgency);
      }
    }
  }

  private static void urgent(@Nullable ParcelEntry parcel, Urgency urgency) {
    if (parcel != null) {
      parcel.urgency = urgency;
    }
  }

  void document(DocumentRecord record) {
    documents.putIfAbsent(record.id(), new DocumentEntry(record));
  }

  void note(String key, String value) {
    notes.put(key, value);
  }

  private void leave(Entry entry) {
    list(entry.state).remove(entry);
    entry.series.study.count(entry.state, -1, -entry.sentBytes());
  }

  private void enter(Entry entry, InstanceState state, String code) {
    entry.state = state;
    entry.code = code.intern();
    list(state).add(entry);
    entry.series.study.count(state, 1, entry.sentBytes());
  }

  private void leaveParcel(Entry entry) {
    ParcelEntry parcel = entry.parcel;
    entry.parcel = null;
    closeIfDone(parcel, entry.state);
  }

  private void leaveParcel(DocumentEntry document) {
    ParcelEntry parcel = document.parcel;
    document.parcel = null;
    closeIfDone(parcel, document.state);
  }

  private void closeIfDone(@Nullable ParcelEntry parcel, InstanceState left) {
    if (parcel != null && left == InstanceState.PARCELLED) {
      parcel.waiting--;
      closeIfDone(parcel);
    }
  }

  private void closeIfDone(ParcelEntry parcel) {
    if (parcel.waiting == 0) {
      parcels.remove(parcel.id);
    }
  }
}
