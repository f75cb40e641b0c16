package org.heliograph.dicom.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.heliograph.dicom.charset.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * A data set: elements in ascending order of tags (PS3.5 Section 7). Immutable; values are decoded
 * when asked for, those left in their source ({@link BulkElement}) count as absent values. {@code
 * toString()} shows no content.
 */
public final class Dataset implements Iterable<Element> {
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

  private @Nullable ValueElement value(int tag) {
    int i = indexOf(tag);
    return i >= 0 && elements[i] instanceof ValueElement v ? v : null;
  }

  public boolean contains(int tag) {
    return indexOf(tag) >= 0;
  }

  public Optional<Element> get(int tag) {
    int i = indexOf(tag);
    return i < 0 ? Optional.empty() : Optional.of(elements[i]);
  }

  public int size() {
    return elements.length;
  }

  public boolean isEmpty() {
    return elements.length == 0;
  }

  /** The first value without padding; empty when there is none or only padding. */
  public Optional<String> string(int tag) {
    ValueElement v = value(tag);
    return v == null ? Optional.empty() : v.string();
  }

  public String string(int tag, String fallback) {
    return string(tag).orElse(fallback);
  }

  /** All values without padding, empty ones between delimiters included. */
  public List<String> strings(int tag) {
    ValueElement v = value(tag);
    return v == null ? List.of() : v.strings();
  }

  /** The first value as a whole number; empty when absent or not one. */
  public OptionalInt integer(int tag) {
    int[] all = integers(tag);
    return all.length == 0 ? OptionalInt.empty() : OptionalInt.of(all[0]);
  }

  public int integer(int tag, int fallback) {
    return integer(tag).orElse(fallback);
  }

  /** All values as whole numbers; none when absent or when one of them is not or does not fit. */
  public int[] integers(int tag) {
    ValueElement v = value(tag);
    return v == null ? new int[0] : v.integers();
  }

  /** As {@link #integers}, for UL, UV and SV beyond the range of int. */
  public long[] longs(int tag) {
    ValueElement v = value(tag);
    return v == null ? new long[0] : v.longs();
  }

  public OptionalDouble decimal(int tag) {
    double[] all = decimals(tag);
    return all.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(all[0]);
  }

  public double[] decimals(int tag) {
    ValueElement v = value(tag);
    return v == null ? new double[0] : v.decimals();
  }

  public Optional<PersonName> personName(int tag) {
    return string(tag).map(PersonName::parse);
  }

  /** A date (DA, or the date of DT); empty when absent or malformed. */
  public Optional<LocalDate> date(int tag) {
    return string(tag).flatMap(Dataset::parseDate);
  }

  private static Optional<LocalDate> parseDate(String text) {
    // ACR-NEMA wrote yyyy.MM.dd; PS3.5 6.2 DA still allows to read it.
    String digits = text.length() == 10 ? text.replace(".", "") : text;
    if (digits.length() < 8
        || !digits.substring(0, 8).chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDate.of(
              Integer.parseInt(digits.substring(0, 4)),
              Integer.parseInt(digits.substring(4, 6)),
              Integer.parseInt(digits.substring(6, 8))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The raw value, little endian with its padding; empty when absent. */
  public byte[] bytes(int tag) {
    ValueElement v = value(tag);
    return v == null ? new byte[0] : v.bytes();
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

  /** The set that this data set's text is in, inherited by items (PS3.5 7.5.3). */
  public SpecificCharacterSet characterSet() {
    return characterSet;
  }

  /** Whether the builder of this data set chose the character set rather than its user. */
  boolean isCharacterSetAssumed() {
    return characterSetAssumed;
  }

  public Dataset without(int... tags) {
    Builder builder = toBuilder();
    for (int tag : tags) {
      builder.remove(tag);
    }
    return builder.build();
  }

  public Dataset with(Element element) {
    return toBuilder().element(element).build();
  }

  @Override
  public Iterator<Element> iterator() {
    return Arrays.asList(elements).iterator();
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
   * Character Set if that can hold it, else the data set becomes ISO_IR 192. Not thread-safe.
   */
  public static final class Builder {
    private final TreeMap<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);

    private Builder() {}

    /** String values by the dictionary's VR; numbers are parsed where the VR is binary. */
    public Builder string(int tag, String... values) {
      return text(tag, Dictionary.vrOf(tag), values);
    }

    public Builder text(int tag, Vr vr, String... values) {
      return element(ValueFactory.ofStrings(tag, vr, values));
    }

    public Builder personName(int tag, PersonName name) {
      return text(tag, Vr.PN, name.value());
    }

    public Builder integer(int tag, int... values) {
      return integer(tag, Dictionary.vrOf(tag), values);
    }

    public Builder integer(int tag, Vr vr, int... values) {
      return element(ValueFactory.ofLongs(tag, vr, Arrays.stream(values).asLongStream().toArray()));
    }

    public Builder longs(int tag, long... values) {
      return element(ValueFactory.ofLongs(tag, Dictionary.vrOf(tag), values));
    }

    public Builder decimal(int tag, double... values) {
      return decimal(tag, Dictionary.vrOf(tag), values);
    }

    public Builder decimal(int tag, Vr vr, double... values) {
      return element(ValueFactory.ofDoubles(tag, vr, values));
    }

    public Builder bytes(int tag, Vr vr, byte[] value) {
      return element(ValueFactory.ofBytes(tag, vr, value));
    }

    public Builder sequence(int tag, Dataset... items) {
      return sequence(tag, List.of(items));
    }

    public Builder sequence(int tag, List<Dataset> items) {
      return element(SequenceElement.of(tag, items));
    }

    /** An element without value. */
    public Builder empty(int tag) {
      Vr vr = Dictionary.vrOf(tag);
      return vr == Vr.SQ ? sequence(tag) : bytes(tag, vr, new byte[0]);
    }

    public Builder date(int tag, LocalDate date) {
      return string(tag, DateTimeFormatter.BASIC_ISO_DATE.format(date));
    }

    /** Encapsulated pixel data of these fragments, with an empty Basic Offset Table before them. */
    public Builder encapsulated(List<byte[]> fragments) {
      return encapsulatedSources(fragments.stream().map(DatasetSource::of).toList());
    }

    /** As {@link #encapsulated} for fragments that are streamed when written. */
    public Builder encapsulatedSources(List<DatasetSource> fragments) {
      List<DatasetSource> all = new ArrayList<>(fragments.size() + 1);
      all.add(DatasetSource.of(new byte[0]));
      all.addAll(fragments);
      return element(EncapsulatedElement.of(Tag.PixelData, Vr.OB, all));
    }

    /** Adds an element in place of one with the same tag. */
    public Builder element(Element element) {
      elements.put(element.tag(), element);
      return this;
    }

    public Builder remove(int tag) {
      elements.remove(tag);
      return this;
    }

    public Builder addAll(Dataset other) {
      for (Element e : other) {
        boolean assumed = other.characterSetAssumed && e.tag() == Tag.SpecificCharacterSet;
        if (!assumed) {
          element(e);
        }
      }
      return this;
    }

    public Dataset build() {
      return CharacterSetAgreement.agree(elements);
    }
  }
}
