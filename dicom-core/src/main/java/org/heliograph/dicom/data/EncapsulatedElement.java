package org.heliograph.dicom.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encapsulated pixel data (PS3.5 A.4): fragments left in their source, or made of fragments to
 * come. The first fragment is the Basic Offset Table, which may be empty.
 */
public final class EncapsulatedElement implements Element {
  private final int tag;
  private final Vr vr;
  private final long[] offsets;
  private final long[] lengths;
  private final List<DatasetSource> sources;

  private EncapsulatedElement(
      int tag, Vr vr, long[] offsets, long[] lengths, List<DatasetSource> sources) {
    this.tag = tag;
    this.vr = vr;
    this.offsets = offsets;
    this.lengths = lengths;
    this.sources = sources;
  }

  /**
   * Fragments in their source, offsets counted from the first byte given to the reader; the first
   * one is the Basic Offset Table.
   */
  public static EncapsulatedElement inSource(int tag, Vr vr, long[] offsets, long[] lengths) {
    if (offsets.length != lengths.length) {
      throw new IllegalArgumentException(
          offsets.length + " offsets, " + lengths.length + " lengths");
    }
    return new EncapsulatedElement(tag, vr, offsets.clone(), lengths.clone(), List.of());
  }

  /** Fragments to be written, the Basic Offset Table included as the first. */
  public static EncapsulatedElement of(int tag, Vr vr, List<DatasetSource> fragments) {
    return new EncapsulatedElement(tag, vr, new long[0], new long[0], List.copyOf(fragments));
  }

  @Override
  public int tag() {
    return tag;
  }

  @Override
  public Vr vr() {
    return vr;
  }

  /** The number of fragments, the Basic Offset Table included. */
  public int fragmentCount() {
    return sources.isEmpty() ? offsets.length : sources.size();
  }

  /** Whether the fragments are left in their source: offsets and lengths are known. */
  public boolean isInSource() {
    return sources.isEmpty();
  }

  /** The offset of a fragment's first byte in its source. */
  public long fragmentOffset(int fragment) {
    return offsets[fragment];
  }

  /** The length of a fragment in its source. */
  public long fragmentLength(int fragment) {
    return lengths[fragment];
  }

  /** The offsets of all fragments in their source, a copy. */
  public long[] fragmentOffsets() {
    return offsets.clone();
  }

  /** The lengths of all fragments in their source, a copy. */
  public long[] fragmentLengths() {
    return lengths.clone();
  }

  /** The fragments of an element that was made rather than read, else none. */
  public List<DatasetSource> fragments() {
    return sources;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof EncapsulatedElement e
        && tag == e.tag
        && vr == e.vr
        && Arrays.equals(offsets, e.offsets)
        && Arrays.equals(lengths, e.lengths)
        && sources.equals(e.sources);
  }

  @Override
  public int hashCode() {
    return Objects.hash(tag, vr, Arrays.hashCode(offsets));
  }

  @Override
  public String toString() {
    return Tags.toString(tag) + " " + vr + " in " + fragmentCount() + " fragments";
  }
}
