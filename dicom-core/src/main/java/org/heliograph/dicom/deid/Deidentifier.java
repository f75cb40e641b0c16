package org.heliograph.dicom.deid;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;

/**
 * Takes identification out of instances by PS3.15 Annex E: the Basic Application Level
 * Confidentiality Profile of Table E.1-1 (edition 2024e) with the {@link Option}s of a {@link
 * Profile}, at all depths of sequences. Immutable and thread-safe; instances that share a key stay
 * one study: UIDs and identifiers change in the same way, in another run as well.
 *
 * <p>Private attributes, curves, overlays, signatures, attributes that no dictionary knows and text
 * beside the profile's vocabulary go. What was left in its source, such as pixel data, stays a
 * reference to it, so that a writer streams it; pixels are changed only where regions to blank are
 * given, and nothing else looks at them. Where the action depends on an attribute's type in its
 * IOD, the dummy or empty value is taken that conforms to each.
 *
 * <p>Outside of its scope: encrypting the original into an Encrypted Attributes Sequence
 * (re-identification, PS3.15 E.1.1) and Clean Recognizable Visual Features. Nobody's judgement of
 * what the rest, pixels before all, tells about a person is replaced.
 */
public final class Deidentifier {
  private static final Dataset BASIC =
      DummyValues.code("113100", "DCM", "Basic Application Confidentiality Profile");

  private final Profile profile;
  private final DeidentificationKey key;

  private Deidentifier(Profile profile, DeidentificationKey key) {
    this.profile = profile;
    this.key = key;
  }

  public static Deidentifier of(Profile profile, DeidentificationKey key) {
    return new Deidentifier(profile, key);
  }

  /**
   * The instance without identification.
   *
   * @throws RefusedInstanceException if {@link #deidentify} refuses it
   */
  public Dataset apply(Dataset instance) {
    return switch (deidentify(instance)) {
      case DeidentificationResult.Deidentified d -> d.dataset();
      case DeidentificationResult.Refused r -> throw new RefusedInstanceException(r.reason());
    };
  }

  /** The instance without identification, or why there is none. */
  public DeidentificationResult deidentify(Dataset instance) {
    Optional<DeidentificationResult.Reason> refusal = PixelCleaning.refusal(instance, profile);
    if (refusal.isPresent()) {
      return new DeidentificationResult.Refused(refusal.get());
    }
    Dataset.Builder builder =
        new DatasetCleaner(profile, new Pseudonyms(key, instance)).clean(instance);
    boolean blanked = !profile.blankRegions().isEmpty() && PixelCleaning.hasPixels(instance);
    if (blanked) {
      builder.element(PixelCleaning.blanked(instance, profile.blankRegions()));
      builder.string(Tag.BurnedInAnnotation, "NO");
    }
    if (instance.contains(Tag.EncapsulatedDocument)
        && instance.contains(Tag.EncapsulatedDocumentLength)) {
      builder.integer(Tag.EncapsulatedDocumentLength, 2); // of the dummy
    }
    say(builder, blanked);
    return new DeidentificationResult.Deidentified(builder.build());
  }

  /** How it was done: PS3.15 E.1.1 step 6 and PS3.3 C.7.1.1, C.12.1. */
  private void say(Dataset.Builder builder, boolean blanked) {
    List<Dataset> codes = new ArrayList<>(List.of(BASIC));
    profile.options().stream()
        .filter(o -> o != Option.CLEAN_PIXEL_DATA || blanked)
        .sorted(Comparator.naturalOrder())
        .forEach(o -> codes.add(DummyValues.code(o.code(), "DCM", o.meaning())));
    builder
        .string(Tag.PatientIdentityRemoved, "YES")
        .text(
            Tag.DeidentificationMethod,
            Vr.LO,
            codes.stream().map(c -> c.string(Tag.CodeMeaning, "")).toArray(String[]::new))
        .sequence(Tag.DeidentificationMethodCodeSequence, codes)
        .string(Tag.LongitudinalTemporalInformationModified, dates());
  }

  private String dates() {
    if (profile.options().contains(Option.RETAIN_FULL_DATES)) {
      return "UNMODIFIED";
    }
    return profile.options().contains(Option.RETAIN_MODIFIED_DATES) ? "MODIFIED" : "REMOVED";
  }
}
