package org.heliograph.node.spool;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A series in memory, and its instances in the order in which they came. */
final class SeriesEntry {
  final String uid;
  final StudyEntry study;
  private @Nullable Entry first;
  private @Nullable Entry last;

  SeriesEntry(String uid, StudyEntry study) {
    this.uid = uid;
    this.study = study;
  }

  void add(Entry entry) {
    if (last == null) {
      first = entry;
    } else {
      last.nextOfSeries = entry;
    }
    last = entry;
  }

  /** The oldest, which is what is mostly removed, is found at once. */
  void remove(Entry entry) {
    Entry before = null;
    for (Entry e = first; e != null; e = e.nextOfSeries) {
      if (e == entry) {
        if (before == null) {
          first = e.nextOfSeries;
        } else {
          before.nextOfSeries = e.nextOfSeries;
        }
        if (e == last) {
          last = before;
        }
        return;
      }
      before = e;
    }
  }

  boolean isEmpty() {
    return first == null;
  }

  void forEach(Consumer<Entry> each) {
    for (Entry e = first; e != null; e = e.nextOfSeries) {
      each.accept(e);
    }
  }
}
