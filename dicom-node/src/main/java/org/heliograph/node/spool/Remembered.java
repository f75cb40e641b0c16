package org.heliograph.node.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What was confirmed by the hub and pruned, so that it is not sent twice: 28 bytes each, and a hash
 * table of four. The oldest give way.
 */
final class Remembered {
  /** What of an instance is remembered: parts of hashes, which tell nothing of a patient. */
  record Mark(long uid, long digestHigh, long digestLow, int confirmedAt) {
    static Mark of(String sopInstance, String digest, int confirmedAt) {
      ByteBuffer start = ByteBuffer.wrap(HexFormat.of().parseHex(digest));
      return new Mark(hashOf(sopInstance), start.getLong(), start.getLong(), confirmedAt);
    }

    private static long hashOf(String sopInstance) {
      return ByteBuffer.wrap(Sha256.of(sopInstance.getBytes(StandardCharsets.US_ASCII))).getLong();
    }
  }

  /** Whether an instance is remembered. */
  enum Match {
    UNKNOWN,
    SAME,
    OTHER_CONTENT
  }

  private static final int LONGS = 3;

  private final int most;
  private long[] facts = new long[64 * LONGS];
  private int[] times = new int[64];
  private int[] slots = new int[128]; // position in the arrays plus one; 0 is free
  private int from;
  private int to;

  Remembered(int most) {
    this.most = most;
  }

  int size() {
    return to - from;
  }

  Mark mark(int index) {
    int at = from + index;
    return new Mark(facts[at * LONGS], facts[at * LONGS + 1], facts[at * LONGS + 2], times[at]);
  }

  void add(Mark mark) {
    if (most == 0) {
      return;
    }
    if (size() == most) {
      from++;
    }
    if (to == times.length) {
      makeRoom();
    }
    facts[to * LONGS] = mark.uid();
    facts[to * LONGS + 1] = mark.digestHigh();
    facts[to * LONGS + 2] = mark.digestLow();
    times[to] = mark.confirmedAt();
    put(to++);
  }

  /** Forgets those confirmed before; they were added in about that order. */
  void forgetBefore(int seconds) {
    while (from < to && Integer.compareUnsigned(times[from], seconds) < 0) {
      from++;
    }
  }

  Match match(Mark wanted) {
    Match match = Match.UNKNOWN;
    for (int slot = home(wanted.uid()); slots[slot] != 0; slot = next(slot)) {
      int at = slots[slot] - 1;
      if (at >= from && facts[at * LONGS] == wanted.uid()) {
        if (facts[at * LONGS + 1] == wanted.digestHigh()
            && facts[at * LONGS + 2] == wanted.digestLow()) {
          return Match.SAME;
        }
        match = Match.OTHER_CONTENT;
      }
    }
    return match;
  }

  /** Whether an instance of this UID is remembered, of any content. */
  boolean knows(String sopInstance) {
    long uid = Mark.hashOf(sopInstance);
    for (int slot = home(uid); slots[slot] != 0; slot = next(slot)) {
      int at = slots[slot] - 1;
      if (at >= from && facts[at * LONGS] == uid) {
        return true;
      }
    }
    return false;
  }

  /** Moves all to the beginning of arrays that have room for as many again. */
  private void makeRoom() {
    int size = size();
    int capacity = Math.max(64, Math.min(2 * size, size + most / 4 + 1));
    long[] oldFacts = facts;
    int[] oldTimes = times;
    facts = Arrays.copyOf(Arrays.copyOfRange(oldFacts, from * LONGS, to * LONGS), capacity * LONGS);
    times = Arrays.copyOf(Arrays.copyOfRange(oldTimes, from, to), capacity);
    slots = new int[Integer.highestOneBit(Math.max(64, 2 * capacity)) * 2];
    from = 0;
    to = size;
    for (int at = 0; at < to; at++) {
      put(at);
    }
  }

  private void put(int at) {
    int slot = home(facts[at * LONGS]);
    while (slots[slot] != 0) {
      slot = next(slot);
    }
    slots[slot] = at + 1;
  }

  private int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }

  private int home(long uid) {
    return (int) uid & (slots.length - 1);
  }
}
