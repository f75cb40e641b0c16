package org.heliograph.node.spool;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

/** The fewest records that add up to a state, one after the other so that memory is not filled. */
final class Snapshot {
  private static final int MARKS_PER_RECORD = 1000;
  private static final EnumSet<InstanceState> AFTER_PARCELS =
      EnumSet.of(InstanceState.RECEIVED, InstanceState.PREPARED, InstanceState.QUARANTINED);

  private Snapshot() {}

  /**
   * The order within each state is kept. What is in no parcel comes after the parcels, so that it
   * is not taken for a part of one that it was in before.
   */
  static void of(SpoolState state, Consumer<byte[]> each) {
    remembered(state.remembered, each);
    for (InstanceState before : EnumSet.complementOf(AFTER_PARCELS)) {
      entries(state, before, each);
    }
    state.parcels.values().forEach(parcel -> parcel(parcel, each));
    for (InstanceState after : AFTER_PARCELS) {
      entries(state, after, each);
    }
    state
        .studies
        .values()
        .forEach(study -> {
          if (study.urgency != null) {
            each.accept(RecordWriter.urgent(study.uid, study.urgency));
          }
        });
    state.notes.forEach((key, value) -> each.accept(RecordWriter.note(key, value)));
  }

  private static void entries(SpoolState state, InstanceState which, Consumer<byte[]> each) {
    for (Entry e = state.list(which).first(); e != null; e = e.after) {
      entry(e, each);
    }
    for (DocumentEntry document : state.documents.values()) {
      if (document.state == which) {
        document(document, each);
      }
    }
  }

  private static void remembered(Remembered remembered, Consumer<byte[]> each) {
    for (int from = 0; from < remembered.size(); from += MARKS_PER_RECORD) {
      List<Remembered.Mark> marks = new ArrayList<>(MARKS_PER_RECORD);
      for (int i = from; i < Math.min(from + MARKS_PER_RECORD, remembered.size()); i++) {
        marks.add(remembered.mark(i));
      }
      each.accept(RecordWriter.remembered(marks));
    }
  }

  private static void entry(Entry entry, Consumer<byte[]> each) {
    each.accept(RecordWriter.received(entry.record()));
    if (entry.apart && entry.state != InstanceState.QUARANTINED) {
      each.accept(RecordWriter.of(RecordKind.RELEASED, entry.id()));
    }
    PreparedEntry prepared = entry.prepared();
    if (prepared != null) {
      each.accept(RecordWriter.prepared(entry.id(), prepared));
    }
    switch (entry.state) {
      case PARKED -> each.accept(RecordWriter.parked(entry.id(), entry.code));
      case CONFIRMED -> each.accept(RecordWriter.confirmed(entry.id(), entry.confirmedAt));
      case RECEIVED, PREPARED, PARCELLED, QUARANTINED -> {}
    }
  }

  private static void document(DocumentEntry document, Consumer<byte[]> each) {
    each.accept(RecordWriter.document(document.record));
    switch (document.state) {
      case PARKED -> each.accept(RecordWriter.parked(document.record.id(), document.code));
      case CONFIRMED ->
          each.accept(RecordWriter.confirmed(document.record.id(), document.confirmedAt));
      case RECEIVED, PREPARED, PARCELLED, QUARANTINED -> {}
    }
    if (document.urgency != null) {
      each.accept(
          RecordWriter.urgent(document.record.study().studyInstanceUid(), document.urgency));
    }
  }

  private static void parcel(ParcelEntry parcel, Consumer<byte[]> each) {
    each.accept(RecordWriter.parcelled(parcel.told()));
    if (parcel.announced) {
      each.accept(RecordWriter.of(RecordKind.ANNOUNCED, parcel.id));
    }
    parcel.wholeParts.stream()
        .forEach(part -> each.accept(RecordWriter.part(parcel.id, part, true)));
    if (!parcel.code.isEmpty()) {
      each.accept(RecordWriter.parcelParked(parcel.id, parcel.code));
    }
  }
}
