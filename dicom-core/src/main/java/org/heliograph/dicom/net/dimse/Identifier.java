package org.heliograph.dicom.net.dimse;

import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;

/**
 * Builds the identifier of a C-FIND, C-MOVE or C-GET (PS3.4 C.2.2.2, C.4): keys to match, and
 * attributes to be returned. For one thread.
 */
public final class Identifier {
  private final Dataset.Builder keys = Dataset.builder();

  private Identifier() {}

  /** An identifier of a Query/Retrieve information model. */
  public static Identifier at(QueryRetrieveLevel level) {
    var identifier = new Identifier();
    identifier.keys.string(Tag.QueryRetrieveLevel, level.name());
    return identifier;
  }

  /** An identifier of an information model without levels, such as the modality worklist. */
  public static Identifier withoutLevel() {
    return new Identifier();
  }

  /** The patient, by ID: the unique key of the patient level in the Patient Root model. */
  public Identifier patient(String patientId) {
    keys.string(Tag.PatientID, patientId);
    return this;
  }

  /** One or more studies. */
  public Identifier study(StudyInstanceUid... uids) {
    keys.string(
        Tag.StudyInstanceUID,
        List.of(uids).stream().map(uid -> uid.value().value()).toArray(String[]::new));
    return this;
  }

  /** One or more series. */
  public Identifier series(SeriesInstanceUid... uids) {
    keys.string(
        Tag.SeriesInstanceUID,
        List.of(uids).stream().map(uid -> uid.value().value()).toArray(String[]::new));
    return this;
  }

  /** One or more instances. */
  public Identifier instance(SopInstanceUid... uids) {
    keys.string(
        Tag.SOPInstanceUID,
        List.of(uids).stream().map(uid -> uid.value().value()).toArray(String[]::new));
    return this;
  }

  /** A key of text: a value, a wild card or a range, as its VR allows (PS3.4 C.2.2.2). */
  public Identifier match(int tag, String value) {
    keys.string(tag, value);
    return this;
  }

  /** Matches a sequence by one item of keys (PS3.4 C.2.2.2.6). */
  public Identifier match(int tag, Dataset item) {
    keys.sequence(tag, item);
    return this;
  }

  /** Asks for attributes whatever their value (universal matching, PS3.4 C.2.2.2.3). */
  public Identifier returning(int... tags) {
    for (var tag : tags) {
      keys.empty(tag);
    }
    return this;
  }

  /** Says in which character set keys are written (0008,0005). */
  public Identifier characterSet(String... definedTerms) {
    keys.string(Tag.SpecificCharacterSet, definedTerms);
    return this;
  }

  public Dataset build() {
    return keys.build();
  }
}
