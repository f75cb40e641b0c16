package org.heliograph.reader.ups;

import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;
import org.heliograph.reader.access.Person;

/** Items of code sequences and of performers that the hub itself writes. */
final class Codes {
  private static final int LONGEST_MEANING = 64;

  /** "Interpretation" of CID 9231. */
  static final Dataset INTERPRETATION = code("110005", "DCM", "Interpretation");

  /** Of CID 9300, where nobody says why. */
  static final Dataset DISCONTINUED = code("110513", "DCM", "Discontinued for unspecified reason");

  private Codes() {}

  private static Dataset code(String value, String scheme, String meaning) {
    return Dataset.builder()
        .string(Tag.CodeValue, value)
        .string(Tag.CodingSchemeDesignator, scheme)
        .string(Tag.CodeMeaning, meaning)
        .build();
  }

  /** An item of Scheduled or Actual Human Performers Sequence; the code is our id of the person. */
  static Dataset performer(Person person) {
    Dataset.Builder code =
        Dataset.builder()
            .string(Tag.LongCodeValue, person.id().toString())
            .string(Tag.CodingSchemeDesignator, "99HELIOGRAPH");
    text(code, Tag.CodeMeaning, Vr.LO, person.displayName(), LONGEST_MEANING);
    Dataset.Builder item = Dataset.builder().sequence(Tag.HumanPerformerCodeSequence, code.build());
    text(item, Tag.HumanPerformerName, Vr.PN, person.displayName(), LONGEST_MEANING);
    text(item, Tag.HumanPerformerOrganization, Vr.LO, person.organisation(), LONGEST_MEANING);
    return item.build();
  }

  /** A text as far as its VR can hold it; what it cannot hold at all is left empty. */
  static void text(Dataset.Builder data, int tag, Vr vr, String value, int longest) {
    String cut = value.length() > longest ? value.substring(0, longest) : value;
    String plain = vr == Vr.LT ? cut : cut.replaceAll("[\\\\\\p{Cntrl}]", " ");
    try {
      data.text(tag, vr, plain);
    } catch (IllegalArgumentException e) {
      data.empty(tag);
    }
  }
}
