package org.heliograph.dicom.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The data dictionary: PS3.6 Section 6 to 9, and the command elements of PS3.7 Annex E. */
public final class Dictionary {
  private static final Dictionary INSTANCE = load();

  private final int[] tags;
  private final DictionaryEntry[] entries;
  private final Map<String, DictionaryEntry> keywords;

  private Dictionary(int[] tags, DictionaryEntry[] entries) {
    this.tags = tags;
    this.entries = entries;
    this.keywords = HashMap.newHashMap(entries.length);
    for (DictionaryEntry e : entries) {
      keywords.putIfAbsent(e.keyword(), e);
    }
  }

  /** The attribute of a tag; repeating groups (50xx, 60xx …) find their first group's entry. */
  public static Optional<DictionaryEntry> lookup(int tag) {
    return Optional.ofNullable(INSTANCE.find(tag));
  }

  /** The attribute of a keyword such as {@code PatientName}. */
  public static Optional<DictionaryEntry> byKeyword(String keyword) {
    return Optional.ofNullable(INSTANCE.keywords.get(keyword));
  }

  /** The VR to assume where none is given: UN when the dictionary does not know the tag. */
  public static Vr vrOf(int tag) {
    if ((tag & 0xFFFF) == 0) {
      return Vr.UL; // group length
    }
    if (Tags.isPrivate(tag)) {
      return Tags.isPrivateCreator(tag) ? Vr.LO : Vr.UN;
    }
    DictionaryEntry e = INSTANCE.find(tag);
    return e == null ? Vr.UN : e.vr();
  }

  /**
   * The VR of an element in Implicit VR, where the dictionary has a choice: US or SS go by Pixel
   * Representation (PS3.5 A.1), OB or OW become OW.
   */
  public static Vr implicitVrOf(int tag, boolean signedPixels) {
    if ((tag & 0x10000) != 0 || (tag & 0xFFFF) == 0) {
      return vrOf(tag);
    }
    DictionaryEntry e = INSTANCE.find(tag);
    if (e == null) {
      return Vr.UN;
    }
    boolean signed = signedPixels && e.vrs().size() == 2 && e.vrs().get(1) == Vr.SS;
    return signed ? Vr.SS : e.vr();
  }

  /** The keyword, or the tag as {@code (gggg,eeee)} when there is none. */
  public static String nameOf(int tag) {
    DictionaryEntry e = INSTANCE.find(tag);
    return e == null ? Tags.toString(tag) : e.keyword();
  }

  private @Nullable DictionaryEntry find(int tag) {
    int i = indexOf(tag);
    if (i < 0) {
      i = indexOf(repeatingBase(tag));
    }
    return i < 0 ? null : entries[i];
  }

  private static int repeatingBase(int tag) {
    int group = tag >>> 16;
    if (group == 0x0020 && (tag & 0xFF00) == 0x3100) {
      return 0x00203100;
    }
    if (group == 0x1000) {
      return 0x10000000 | (tag & 0xF);
    }
    if (group == 0x1010) {
      return 0x10100000;
    }
    int block = group & 0xFF00;
    boolean repeats = block == 0x5000 || block == 0x6000 || block == 0x7F00;
    return repeats && (group & 1) == 0 ? tag & 0xFF00FFFF : tag;
  }

  private int indexOf(int tag) {
    return Arrays.binarySearch(tags, tag ^ Integer.MIN_VALUE);
  }

  private static Dictionary load() {
    List<DictionaryEntry> all = new ArrayList<>(5200);
    for (String line : resource("dictionary.txt").lines().toList()) {
      String[] f = line.split("\t", -1);
      int tag = Integer.parseUnsignedInt(f[0].replace('X', '0'), 16);
      all.add(new DictionaryEntry(tag, f[4], vrs(f[1]), f[2], f[3].equals("R"), f[5]));
    }
    all.sort((a, b) -> Integer.compareUnsigned(a.tag(), b.tag()));
    int[] tags = all.stream().mapToInt(e -> e.tag() ^ Integer.MIN_VALUE).toArray();
    return new Dictionary(tags, all.toArray(DictionaryEntry[]::new));
  }

  private static List<Vr> vrs(String names) {
    List<Vr> vrs = new ArrayList<>(1);
    for (String name : names.split(",", -1)) {
      vrs.add(Vr.valueOf(name));
    }
    return vrs;
  }

  static String resource(String name) {
    try (InputStream in = Dictionary.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
