package org.heliograph.dicom.data;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A sequence of items (PS3.5 Section 7.5). */
public final class SequenceElement implements Element {
  private final int tag;
  private final List<Dataset> items;
  private final SequenceEncoding encoding;

  private SequenceElement(int tag, List<Dataset> items, SequenceEncoding encoding) {
    this.tag = tag;
    this.items = List.copyOf(items);
    this.encoding = encoding;
  }

  /** A sequence to be written with defined lengths. */
  public static SequenceElement of(int tag, List<Dataset> items) {
    return new SequenceElement(tag, items, SequenceEncoding.DEFINED);
  }

  /** A sequence that remembers how its source delimited it. */
  public static SequenceElement of(int tag, List<Dataset> items, SequenceEncoding encoding) {
    return new SequenceElement(tag, items, encoding);
  }

  @Override
  public int tag() {
    return tag;
  }

  @Override
  public Vr vr() {
    return Vr.SQ;
  }

  /** The items in order, not to be changed. */
  public List<Dataset> items() {
    return items;
  }

  /** How the sequence was or will be delimited; no part of equality. */
  public SequenceEncoding encoding() {
    return encoding;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof SequenceElement s && tag == s.tag && items.equals(s.items);
  }

  @Override
  public int hashCode() {
    return Objects.hash(tag, items);
  }

  @Override
  public String toString() {
    return Tags.toString(tag) + " SQ of " + items.size() + " items";
  }
}
