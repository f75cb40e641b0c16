package org.heliograph.archive;

import java.util.List;
import org.heliograph.archive.reject.RejectCode;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;

/** Reject notes as another system makes them. */
public final class TestNotes {
  private TestNotes() {}

  /** A note of its own series that rejects instances of one study. */
  public static Dataset note(RejectCode code, List<Dataset> images) {
    Dataset first = images.getFirst();
    return Dataset.builder()
        .string(Tag.SOPClassUID, Uids.KeyObjectSelectionDocumentStorage)
        .string(Tag.SOPInstanceUID, Uid.create().value())
        .string(Tag.StudyInstanceUID, first.string(Tag.StudyInstanceUID, ""))
        .string(Tag.SeriesInstanceUID, Uid.create().value())
        .string(Tag.PatientName, first.string(Tag.PatientName, ""))
        .string(Tag.PatientID, first.string(Tag.PatientID, ""))
        .string(Tag.IssuerOfPatientID, first.string(Tag.IssuerOfPatientID, ""))
        .string(Tag.Modality, "KO")
        .string(Tag.ValueType, "CONTAINER")
        .sequence(
            Tag.ConceptNameCodeSequence,
            Dataset.builder()
                .string(Tag.CodeValue, code.value())
                .string(Tag.CodingSchemeDesignator, "DCM")
                .string(Tag.CodeMeaning, code.meaning())
                .build())
        .sequence(
            Tag.CurrentRequestedProcedureEvidenceSequence,
            images.stream().map(TestNotes::evidence).toList())
        .build();
  }

  private static Dataset evidence(Dataset image) {
    return Dataset.builder()
        .string(Tag.StudyInstanceUID, image.string(Tag.StudyInstanceUID, ""))
        .sequence(
            Tag.ReferencedSeriesSequence,
            Dataset.builder()
                .string(Tag.SeriesInstanceUID, image.string(Tag.SeriesInstanceUID, ""))
                .sequence(
                    Tag.ReferencedSOPSequence,
                    Dataset.builder()
                        .string(Tag.ReferencedSOPClassUID, image.string(Tag.SOPClassUID, ""))
                        .string(Tag.ReferencedSOPInstanceUID, image.string(Tag.SOPInstanceUID, ""))
                        .build())
                .build())
        .build();
  }
}
