package org.heliograph.node.spool;

import org.jspecify.annotations.Nullable;

/** The instances of one state, in the order in which they came into it. */
final class StateList {
  private @Nullable Entry first;
  private @Nullable Entry last;
  private int count;
  private long bytes;

  void add(Entry entry) {
    entry.before = last;
    entry.after = null;
    if (last == null) {
      first = entry;
    } else {
      last.after = entry;
    }
    last = entry;
    count++;
    bytes += entry.fileBytes();
  }

  void remove(Entry entry) {
    Entry previous = entry.before;
    Entry following = entry.after;
    if (previous == null) {
      first = following;
    } else {
      previous.after = following;
    }
    if (following == null) {
      last = previous;
    } else {
      following.before = previous;
    }
    entry.before = null;
    entry.after = null;
    count--;
    bytes -= entry.fileBytes();
  }

  @Nullable Entry first() {
    return first;
  }

  int count() {
    return count;
  }

  /** Of their files. */
  long bytes() {
    return bytes;
  }
}
