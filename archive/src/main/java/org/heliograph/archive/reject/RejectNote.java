package org.heliograph.archive.reject;

import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.jspecify.annotations.Nullable;

/**
 * What a reject note says: a Key Object Selection Document (PS3.3 A.35.4) with one of the titles of
 * {@link RejectCode}.
 *
 * @param references from Current Requested Procedure Evidence Sequence (0040,A375)
 * @param observer Person Observer Name (121008, DCM), "" if none
 * @param reason Key Object Description (113012, DCM), "" if none
 */
public record RejectNote(
    RejectCode code, List<Reference> references, String observer, String reason) {
  public RejectNote {
    references = List.copyOf(references);
  }

  /** An instance that is rejected. */
  public record Reference(String study, String instance) {}

  /** The note in a header; null if it is none. */
  public static @Nullable RejectNote of(Dataset header) {
    if (!header.string(Tag.SOPClassUID, "").equals(Uids.KeyObjectSelectionDocumentStorage)) {
      return null;
    }
    RejectCode code =
        header
            .item(Tag.ConceptNameCodeSequence)
            .filter(title -> title.string(Tag.CodingSchemeDesignator, "").equals("DCM"))
            .flatMap(title -> RejectCode.of(title.string(Tag.CodeValue, "")))
            .orElse(null);
    return code == null
        ? null
        : new RejectNote(
            code,
            references(header),
            content(header, "121008", Tag.PersonName),
            content(header, "113012", Tag.TextValue));
  }

  private static List<Reference> references(Dataset header) {
    List<Reference> references = new ArrayList<>();
    for (Dataset study : header.items(Tag.CurrentRequestedProcedureEvidenceSequence)) {
      String studyUid = study.string(Tag.StudyInstanceUID, "");
      for (Dataset series : study.items(Tag.ReferencedSeriesSequence)) {
        for (Dataset instance : series.items(Tag.ReferencedSOPSequence)) {
          String uid = instance.string(Tag.ReferencedSOPInstanceUID, "");
          if (Uid.isValid(studyUid) && Uid.isValid(uid)) {
            references.add(new Reference(studyUid, uid));
          }
        }
      }
    }
    return references;
  }

  private static String content(Dataset header, String concept, int tag) {
    return header.items(Tag.ContentSequence).stream()
        .filter(item ->
            item.item(Tag.ConceptNameCodeSequence)
                .map(name -> name.string(Tag.CodeValue, ""))
                .orElse("")
                .equals(concept))
        .map(item -> item.string(tag, ""))
        .findFirst()
        .orElse("");
  }

  @Override
  public String toString() {
    return "RejectNote[" + code + ", " + references.size() + " references]";
  }
}
