package org.heliograph.dicom.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The typed setters of a data set's builder; a VR is the dictionary's unless given. Values that
 * their VR cannot hold are refused with an {@link IllegalArgumentException} that does not repeat
 * them.
 */
abstract sealed class DatasetBuilderValues permits Dataset.Builder {
  abstract Dataset.Builder put(Element element);

  /** String values by the dictionary's VR; numbers are parsed where the VR is binary. */
  public Dataset.Builder string(int tag, String... values) {
    return text(tag, Dictionary.vrOf(tag), values);
  }

  /** String values; numbers are parsed where the VR is binary. */
  public Dataset.Builder text(int tag, Vr vr, String... values) {
    return put(ValueFactory.ofStrings(tag, vr, values));
  }

  /** A person's name with its groups. */
  public Dataset.Builder personName(int tag, PersonName name) {
    return text(tag, Vr.PN, name.value());
  }

  /** Unique identifiers. */
  public Dataset.Builder uid(int tag, Uid... uids) {
    return text(tag, Vr.UI, Arrays.stream(uids).map(Uid::value).toArray(String[]::new));
  }

  /** Whole numbers, in decimal where the VR is IS or DS. */
  public Dataset.Builder integer(int tag, int... values) {
    return integer(tag, Dictionary.vrOf(tag), values);
  }

  /** Whole numbers, in decimal where the VR is IS or DS. */
  public Dataset.Builder integer(int tag, Vr vr, int... values) {
    return longs(tag, vr, Arrays.stream(values).asLongStream().toArray());
  }

  /** Whole numbers; UV takes them as unsigned 64 bits. */
  public Dataset.Builder longs(int tag, long... values) {
    return longs(tag, Dictionary.vrOf(tag), values);
  }

  /** Whole numbers; UV takes them as unsigned 64 bits. */
  public Dataset.Builder longs(int tag, Vr vr, long... values) {
    return put(ValueFactory.ofLongs(tag, vr, values));
  }

  /** Numbers; DS holds as many digits of each as 16 characters do. */
  public Dataset.Builder decimal(int tag, double... values) {
    return decimal(tag, Dictionary.vrOf(tag), values);
  }

  /** Numbers; DS holds as many digits of each as 16 characters do. */
  public Dataset.Builder decimal(int tag, Vr vr, double... values) {
    return put(ValueFactory.ofDoubles(tag, vr, values));
  }

  /** Numbers; DS holds all digits where 16 characters do, else it is rounded to fit. */
  public Dataset.Builder decimal(int tag, BigDecimal... values) {
    return put(ValueFactory.ofExact(tag, Dictionary.vrOf(tag), values));
  }

  /** Tags as values of AT. */
  public Dataset.Builder tags(int tag, int... values) {
    return put(
        ValueFactory.ofLongs(
            tag, Vr.AT, Arrays.stream(values).mapToLong(Integer::toUnsignedLong).toArray()));
  }

  /** The value as little endian bytes, padded to even length. */
  public Dataset.Builder bytes(int tag, Vr vr, byte[] value) {
    return put(ValueFactory.ofBytes(tag, vr, value));
  }

  /** A sequence of items, of defined length. */
  public Dataset.Builder sequence(int tag, Dataset... items) {
    return sequence(tag, List.of(items));
  }

  /** A sequence of items, of defined length. */
  public Dataset.Builder sequence(int tag, List<Dataset> items) {
    return put(SequenceElement.of(tag, items));
  }

  /** An element without value. */
  public Dataset.Builder empty(int tag) {
    Vr vr = Dictionary.vrOf(tag);
    return vr == Vr.SQ ? sequence(tag) : bytes(tag, vr, new byte[0]);
  }

  /** A day, as DA or as DT without time. */
  public Dataset.Builder date(int tag, LocalDate date) {
    return string(tag, new DicomDate(date).text());
  }

  /** A time of day, as precise as it is. */
  public Dataset.Builder time(int tag, DicomTime time) {
    return string(tag, time.text());
  }

  /** A date and time, as precise as it is. */
  public Dataset.Builder dateTime(int tag, DicomDateTime dateTime) {
    return string(tag, dateTime.text());
  }

  /** Encapsulated pixel data of these fragments, with an empty Basic Offset Table before them. */
  public Dataset.Builder encapsulated(List<byte[]> fragments) {
    return encapsulatedSources(fragments.stream().map(DatasetSource::of).toList());
  }

  /** As {@link #encapsulated} for fragments that are streamed when written. */
  public Dataset.Builder encapsulatedSources(List<DatasetSource> fragments) {
    List<DatasetSource> all = new ArrayList<>(fragments.size() + 1);
    all.add(DatasetSource.of(new byte[0]));
    all.addAll(fragments);
    return put(EncapsulatedElement.of(Tag.PixelData, Vr.OB, all));
  }
}
