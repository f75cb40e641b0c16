package org.heliograph.node.spool;

import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Finds entries by a hash: eight bytes an entry, where a map of the JDK needs ten times that. */
final class EntryTable {
  private static final int SPREAD = 0x9E3779B9;

  private final ToIntFunction<Entry> hash;
  private @Nullable Entry[] slots = new Entry[64];
  private int size;

  EntryTable(ToIntFunction<Entry> hash) {
    this.hash = hash;
  }

  int size() {
    return size;
  }

  void add(Entry entry) {
    if (2 * (size + 1) > slots.length) {
      @Nullable Entry[] old = slots;
      slots = new Entry[2 * old.length];
      for (Entry each : old) {
        if (each != null) {
          put(each);
        }
      }
    }
    put(entry);
    size++;
  }

  private void put(Entry entry) {
    int at = home(hash.applyAsInt(entry));
    while (slots[at] != null) {
      at = next(at);
    }
    slots[at] = entry;
  }

  @Nullable Entry find(int hashed, Predicate<Entry> wanted) {
    for (int at = home(hashed); slots[at] != null; at = next(at)) {
      Entry entry = slots[at];
      if (entry != null && wanted.test(entry)) {
        return entry;
      }
    }
    return null;
  }

  void remove(Entry entry) {
    int at = home(hash.applyAsInt(entry));
    while (slots[at] != entry) {
      if (slots[at] == null) {
        return;
      }
      at = next(at);
    }
    slots[at] = null;
    size--;
    close(at);
  }

  /** Entries behind a hole move into it if they would not be found otherwise. */
  private void close(int hole) {
    int free = hole;
    for (int at = next(hole); ; at = next(at)) {
      Entry entry = slots[at];
      if (entry == null) {
        return;
      }
      int home = home(hash.applyAsInt(entry));
      if (distance(home, at) >= distance(free, at)) {
        slots[free] = entry;
        slots[at] = null;
        free = at;
      }
    }
  }

  private int distance(int from, int to) {
    return (to - from) & (slots.length - 1);
  }

  private int home(int hashed) {
    return (hashed * SPREAD) >>> (Integer.numberOfLeadingZeros(slots.length) + 1);
  }

  private int next(int at) {
    return (at + 1) & (slots.length - 1);
  }
}
