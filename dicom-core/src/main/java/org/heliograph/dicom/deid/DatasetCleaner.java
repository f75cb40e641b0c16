package org.heliograph.dicom.deid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.data.Vr;
import org.jspecify.annotations.Nullable;

/** Goes through the elements of one instance at all depths and applies the profile's actions. */
final class DatasetCleaner {
  /** Identifiers that tell things of one study apart: another value for another one. */
  private static final Set<Integer> DISTINCT =
      Set.of(
          Tag.PatientID,
          Tag.ClinicalTrialSubjectID,
          Tag.SpecimenIdentifier,
          Tag.ContainerIdentifier);

  /** Coding schemes whose meanings are the standard's or a public terminology's (PS3.16 8-1). */
  private static final Set<String> PUBLIC_SCHEMES =
      Set.of(
          "DCM", "SCT", "SRT", "SNM3", "LN", "UCUM", "RADLEX", "FMA", "NCIt", "MDC", "I10", "I9C");

  /** Whether the sequence around was cleaned, so that free text in it is cleaned as well. */
  private enum Text {
    AS_LISTED,
    CLEANED
  }

  private final Profile profile;
  private final Pseudonyms pseudonyms;
  private final DateShift dates;

  DatasetCleaner(Profile profile, Pseudonyms pseudonyms) {
    this.profile = profile;
    this.pseudonyms = pseudonyms;
    this.dates = new DateShift(pseudonyms.shiftDays());
  }

  /** The elements of the instance itself that are left. */
  Dataset.Builder clean(Dataset instance) {
    Dataset.Builder builder = clean(instance, Text.AS_LISTED);
    // Of the study itself it has items or is absent (type 3), of a request it may be empty (type
    // 2).
    Action references =
        ProfileTable.row(Tag.ReferencedStudySequence, Vr.SQ).action(profile.options());
    return references == Action.EMPTY ? builder.remove(Tag.ReferencedStudySequence) : builder;
  }

  private Dataset.Builder clean(Dataset dataset, Text text) {
    Dataset.Builder builder = Dataset.builder();
    for (Element e : dataset) {
      Element cleaned = clean(dataset, e, text);
      if (cleaned != null) {
        builder.element(cleaned);
      }
    }
    return builder;
  }

  private @Nullable Element clean(Dataset dataset, Element e, Text text) {
    int tag = e.tag();
    if (Tags.isGroupLength(tag) || Tags.group(tag) < 4) {
      return null;
    }
    if (Tags.isPrivate(tag)) {
      boolean safe = profile.options().contains(Option.RETAIN_SAFE_PRIVATE);
      return safe && SafePrivate.isSafe(dataset, e) ? e : null;
    }
    Vr vr = e.vr() == Vr.UN ? Dictionary.vrOf(tag) : e.vr();
    if (vr == Vr.SQ && !(e instanceof SequenceElement)) {
      return null; // a sequence that was not read may hold anything
    }
    ProfileTable.Row row = ProfileTable.row(tag, vr);
    Action action = row.action(profile.options());
    if (action == Action.KEEP && text == Text.CLEANED && isFreeText(vr)) {
      return codeText(dataset, tag) ? e : cleanedText(e, vr, Action.DUMMY);
    }
    return apply(action, row.basic(), e, vr, text);
  }

  private @Nullable Element apply(Action action, Action basic, Element e, Vr vr, Text text) {
    return switch (action) {
      case REMOVE -> null;
      case EMPTY -> empty(e.tag(), vr);
      case DUMMY -> dummy(e, vr);
      case KEEP -> e instanceof SequenceElement s ? items(s, text) : e;
      case CLEAN -> cleaned(basic, e, vr);
      case UID ->
          switch (e) {
            case SequenceElement s -> items(s, text);
            case ValueElement v -> uids(v);
            case BulkElement _, EncapsulatedElement _ -> null;
          };
    };
  }

  private SequenceElement items(SequenceElement s, Text text) {
    return SequenceElement.of(
        s.tag(), s.items().stream().map(i -> clean(i, text).build()).toList());
  }

  private static Element empty(int tag, Vr vr) {
    Dataset.Builder builder = Dataset.builder();
    return only(vr == Vr.SQ ? builder.sequence(tag) : builder.bytes(tag, vr, new byte[0]), tag);
  }

  private static Element only(Dataset.Builder builder, int tag) {
    return builder.build().get(tag).orElseThrow();
  }

  private Element dummy(Element e, Vr vr) {
    int tag = e.tag();
    if (e instanceof SequenceElement s) {
      if (s.items().isEmpty()) {
        return s;
      }
      return SequenceElement.of(
          tag,
          tag == Tag.ReferencedPerformedProcedureStepSequence
              ? s.items().stream().map(this::reference).toList()
              : List.of(DummyValues.item(tag, s.items())));
    }
    if (e instanceof ValueElement v) {
      if (v.isEmpty()) {
        return v;
      }
      if (vr == Vr.UI) {
        return uids(v);
      }
      if (DISTINCT.contains(tag)) {
        String identifier = pseudonyms.identifier(tag, v.string().orElse(""));
        return only(Dataset.builder().text(tag, vr, identifier), tag);
      }
    }
    return DummyValues.of(tag, vr);
  }

  /** A reference and nothing else. */
  private Dataset reference(Dataset item) {
    Dataset.Builder builder = Dataset.builder();
    for (int tag : new int[] {Tag.ReferencedSOPClassUID, Tag.ReferencedSOPInstanceUID}) {
      Element e = item.get(tag).orElse(null);
      Element cleaned = e == null ? null : clean(item, e, Text.AS_LISTED);
      if (cleaned != null) {
        builder.element(cleaned);
      }
    }
    return builder.build();
  }

  private Element uids(ValueElement v) {
    String[] uids = v.strings().stream().map(pseudonyms::uid).toArray(String[]::new);
    return only(Dataset.builder().text(v.tag(), Vr.UI, uids), v.tag());
  }

  private @Nullable Element cleaned(Action basic, Element e, Vr vr) {
    if (e instanceof SequenceElement s) {
      return items(s, Text.CLEANED);
    }
    return switch (vr) {
      case DA, DT, TM -> shifted(basic, e, vr);
      case LO, LT, SH, ST, UC, UT -> cleanedText(e, vr, basic);
      default -> apply(basic, basic, e, vr, Text.AS_LISTED);
    };
  }

  private @Nullable Element shifted(Action basic, Element e, Vr vr) {
    if (!(e instanceof ValueElement v)) {
      return apply(basic, basic, e, vr, Text.AS_LISTED);
    }
    List<String> shifted = new ArrayList<>();
    for (String value : v.strings()) {
      Optional<String> moved = value.isEmpty() ? Optional.of("") : dates.shift(vr, value);
      if (moved.isEmpty()) {
        return apply(basic, basic, e, vr, Text.AS_LISTED);
      }
      shifted.add(moved.get());
    }
    return only(Dataset.builder().text(v.tag(), vr, shifted.toArray(String[]::new)), v.tag());
  }

  private static boolean isFreeText(Vr vr) {
    return switch (vr) {
      case LO, LT, SH, ST, UC, UT -> true;
      default -> false;
    };
  }

  /** Whether text is a public terminology's: a code of it, or the meaning that goes with it. */
  private static boolean codeText(Dataset item, int tag) {
    return switch (tag) {
      case Tag.CodingSchemeDesignator -> true;
      case Tag.CodeValue, Tag.LongCodeValue, Tag.CodeMeaning, Tag.CodingSchemeVersion ->
          PUBLIC_SCHEMES.contains(item.string(Tag.CodingSchemeDesignator, ""));
      default -> false;
    };
  }

  /** Text of safe words only; where none is left, what the profile would do without cleaning. */
  private @Nullable Element cleanedText(Element e, Vr vr, Action basic) {
    if (e instanceof ValueElement v) {
      List<String> words = v.strings().stream().map(profile.vocabulary()::clean).toList();
      boolean some = words.stream().anyMatch(w -> !w.isEmpty());
      if (some) {
        return only(Dataset.builder().text(v.tag(), vr, words.toArray(String[]::new)), v.tag());
      }
    }
    return apply(basic, basic, e, vr, Text.AS_LISTED);
  }
}
