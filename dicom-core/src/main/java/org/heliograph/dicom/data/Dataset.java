package org.heliograph.dicom.data;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.heliograph.dicom.charset.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * A data set: elements in ascending order of tags (PS3.5 Section 7). Immutable; values are decoded
 * when asked for, those left in their source ({@link BulkElement}) count as absent values. {@code
 * toString()} shows no content.
 */
public final class Dataset extends DatasetValues implements Iterable<Element> {
  private static final Element[] NONE = {};
  private static final Dataset EMPTY = new Dataset(NONE, SpecificCharacterSet.DEFAULT, false);

  private final Element[] elements;
  private final SpecificCharacterSet characterSet;
  private final boolean characterSetAssumed;

  /** The elements must be sorted by tag, each tag once. */
  Dataset(Element[] elements, SpecificCharacterSet characterSet, boolean characterSetAssumed) {
    this.elements = elements;
    this.characterSet = characterSet;
    this.characterSetAssumed = characterSetAssumed;
  }

  /** The data set without elements. */
  public static Dataset empty() {
    return EMPTY;
  }

  /**
   * A data set of elements as they were read, already in the order of their tags and in the
   * character set that they carry.
   */
  public static Dataset ofSorted(Collection<Element> elements, SpecificCharacterSet characterSet) {
    Element[] array = elements.toArray(NONE);
    for (int i = 1; i < array.length; i++) {
      if (Integer.compareUnsigned(array[i - 1].tag(), array[i].tag()) >= 0) {
        throw new IllegalArgumentException(
            "element " + Tags.toString(array[i].tag()) + " is out of order");
      }
    }
    return new Dataset(array, characterSet, false);
  }

  /** A builder without elements. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these elements; group lengths are left out, as they would lie. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    for (Element e : elements) {
      if (!Tags.isGroupLength(e.tag()) || Tags.group(e.tag()) <= 2) {
        builder.element(e);
      }
    }
    return characterSetAssumed ? builder.remove(Tag.SpecificCharacterSet) : builder;
  }

  private int indexOf(int tag) {
    int low = 0;
    int high = elements.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Integer.compareUnsigned(elements[middle].tag(), tag);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  @Override
  @Nullable ValueElement value(int tag) {
    int i = indexOf(tag);
    return i >= 0 && elements[i] instanceof ValueElement v ? v : null;
  }

  /** Whether the element is there, with or without a value. */
  public boolean contains(int tag) {
    return indexOf(tag) >= 0;
  }

  /** The element as it is, with or without a value. */
  public Optional<Element> get(int tag) {
    int i = indexOf(tag);
    return i < 0 ? Optional.empty() : Optional.of(elements[i]);
  }

  /** The number of elements of the data set itself, those of items not counted. */
  public int size() {
    return elements.length;
  }

  /** Whether there are no elements at all. */
  public boolean isEmpty() {
    return elements.length == 0;
  }

  /** The items of a sequence; none when absent. */
  public List<Dataset> items(int tag) {
    int i = indexOf(tag);
    return i >= 0 && elements[i] instanceof SequenceElement s ? s.items() : List.of();
  }

  /** The first item of a sequence. */
  public Optional<Dataset> item(int tag) {
    List<Dataset> items = items(tag);
    return items.isEmpty() ? Optional.empty() : Optional.of(items.getFirst());
  }

  /** The item at a path, or this data set for {@link ItemPath#ROOT}. */
  public Optional<Dataset> at(ItemPath path) {
    if (path.outer() == null) {
      return Optional.of(this);
    }
    return at(path.outer())
        .map(outer -> outer.items(path.sequence()))
        .filter(items -> path.index() < items.size())
        .map(items -> items.get(path.index()));
  }

  /** The set that this data set's text is in, inherited by items (PS3.5 7.5.3). */
  public SpecificCharacterSet characterSet() {
    return characterSet;
  }

  /** Whether the builder of this data set chose the character set rather than its user. */
  boolean isCharacterSetAssumed() {
    return characterSetAssumed;
  }

  /** The blocks that private creators reserved in this data set itself (PS3.5 7.8.1). */
  public List<PrivateBlock> privateBlocks() {
    return blocks(this);
  }

  /** The first block of a group that a private creator reserved. */
  public Optional<PrivateBlock> privateBlock(int group, String creator) {
    return privateBlocks().stream()
        .filter(b -> b.group() == group && b.creator().equals(creator))
        .findFirst();
  }

  /** The private creator of a private element's block; empty when nobody reserved it. */
  public Optional<String> privateCreator(int tag) {
    return Tags.isPrivate(tag) ? string(Tags.privateCreatorOf(tag)) : Optional.empty();
  }

  /** Shows every element to a visitor, those of items after their sequence. */
  public void walk(DatasetVisitor visitor) {
    DatasetTraversal.walk(this, ItemPath.ROOT, visitor);
  }

  /**
   * This data set with other elements in place of its own, in items too: those of a sequence are
   * mapped after the sequence. What stays, stays as it is encoded; the same data set when nothing
   * changes.
   */
  public Dataset map(ElementMapping mapping) {
    return DatasetTraversal.map(this, mapping);
  }

  /**
   * The elements of this data set itself that a test takes, shared, not copied. Specific Character
   * Set stays where text that stays needs it.
   */
  public Dataset filter(Predicate<Element> test) {
    return DatasetTraversal.filter(this, test);
  }

  /** The elements with these tags, as {@link #filter} gives them. */
  public Dataset only(int... tags) {
    int[] sorted = tags.clone();
    Arrays.sort(sorted);
    return filter(e -> Arrays.binarySearch(sorted, e.tag()) >= 0);
  }

  /** The elements from a tag on and before another, as {@link #filter} gives them. */
  public Dataset range(int from, int before) {
    return filter(e ->
        Integer.compareUnsigned(e.tag(), from) >= 0
            && Integer.compareUnsigned(e.tag(), before) < 0);
  }

  /** This data set without private elements, at any depth. */
  public Dataset withoutPrivate() {
    return map((path, e) -> Tags.isPrivate(e.tag()) ? null : e);
  }

  /** The data set without some elements of its own; group lengths go too. */
  public Dataset without(int... tags) {
    Builder builder = toBuilder();
    for (int tag : tags) {
      builder.remove(tag);
    }
    return builder.build();
  }

  /** The data set with an element in place of one with the same tag; group lengths go. */
  public Dataset with(Element element) {
    return toBuilder().element(element).build();
  }

  @Override
  public Iterator<Element> iterator() {
    return Arrays.asList(elements).iterator();
  }

  /** The elements of the data set itself, in order of their tags. */
  public Stream<Element> stream() {
    return Arrays.stream(elements);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Dataset d && Arrays.equals(elements, d.elements);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(elements);
  }

  @Override
  public String toString() {
    return "Dataset[" + elements.length + " elements]";
  }

  /**
   * Makes a data set; a VR is the dictionary's unless given. Text is kept in the given Specific
   * Character Set if that can hold it, else the data set becomes ISO_IR 192. Values that their VR
   * cannot hold are refused with an {@link IllegalArgumentException} that does not repeat them. Not
   * thread-safe.
   */
  public static final class Builder extends DatasetBuilderValues {
    private final TreeMap<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);

    private Builder() {}

    @Override
    Builder put(Element element) {
      return element(element);
    }

    /** Adds an element in place of one with the same tag. */
    public Builder element(Element element) {
      elements.put(element.tag(), element);
      return this;
    }

    /** Takes an element out, if it is there. */
    public Builder remove(int tag) {
      elements.remove(tag);
      return this;
    }

    /** Adds all elements of a data set in place of those with the same tags. */
    public Builder addAll(Dataset other) {
      for (Element e : other) {
        boolean assumed = other.characterSetAssumed && e.tag() == Tag.SpecificCharacterSet;
        if (!assumed) {
          element(e);
        }
      }
      return this;
    }

    /**
     * The creator's block of the group, reserved now unless it is already (PS3.5 7.8.1).
     *
     * @throws IllegalArgumentException if all blocks of the group are taken
     */
    public PrivateBlock privateBlock(int group, String creator) {
      for (PrivateBlock b : blocks(elements.values())) {
        if (b.group() == group && b.creator().equals(creator)) {
          return b;
        }
      }
      for (int number = 0x10; number <= 0xFF; number++) {
        PrivateBlock block = new PrivateBlock(group, number, creator);
        // Elements that nobody reserved a block for must not become this creator's.
        boolean free =
            !elements.containsKey(block.creatorTag())
                && elements.subMap(block.tag(0), true, block.tag(0xFF), true).isEmpty();
        if (free) {
          text(block.creatorTag(), Vr.LO, creator);
          return block;
        }
      }
      throw new IllegalArgumentException("no free block in group " + Integer.toHexString(group));
    }

    /** The data set, its text in one character set; the builder can go on. */
    public Dataset build() {
      return CharacterSetAgreement.agree(elements);
    }
  }
}
