package org.heliograph.reader.orders;

import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;

/** A code with its meaning (PS3.3 Table 8.8-1); all empty is none. */
public record CodedText(String value, String scheme, String meaning) {
  public static final CodedText NONE = new CodedText("", "", "");

  /** The meaning, or the code where it has none. */
  String text() {
    return meaning.isEmpty() ? value : meaning;
  }

  /** As a code sequence; none unless value and scheme are known. */
  List<Dataset> items() {
    String code = ItemText.line(value, 16);
    String designator = ItemText.line(scheme, 16);
    if (code.isEmpty() || !code.equals(value.strip()) || designator.isEmpty()) {
      return List.of();
    }
    return List.of(
        Dataset.builder()
            .string(Tag.CodeValue, code)
            .string(Tag.CodingSchemeDesignator, designator)
            .string(Tag.CodeMeaning, ItemText.line(text(), 64))
            .build());
  }
}
