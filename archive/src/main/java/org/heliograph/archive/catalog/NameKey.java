package org.heliograph.archive.catalog;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.heliograph.dicom.data.PersonName;

/** Folds names so that they match without regard to case and width (PS3.4 C.2.2.2.1.1). */
public final class NameKey {
  private NameKey() {}

  /** The folded component groups of a name, without empty ones. */
  public static List<String> of(PersonName name) {
    return Stream.of(name.alphabetic(), name.ideographic(), name.phonetic())
        .map(group -> fold(group.value()))
        .filter(group -> !group.isEmpty())
        .toList();
  }

  static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replace('ς', 'σ');
  }
}
