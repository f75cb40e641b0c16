package org.heliograph.node.forward;

import java.io.IOException;
import java.nio.file.Path;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.node.link.ManifestStudy;

/** What the header of a study's first image says of patient and examination. */
public final class StudyHeaders {
  /** No value of these is longer in a right header (PS3.5 table 6.2-1, five component groups). */
  private static final int LONGEST = 324;

  private StudyHeaders() {}

  /** Reads what a header says; UIDs apart, all of it may be empty. */
  public static ManifestStudy read(StudyInstanceUid study, Path file) throws IOException {
    Dataset header = DicomReader.readPart10(file, ReadOptions.header()).dataset();
    return new ManifestStudy(
        study.value().value(),
        text(header, Tag.PatientName),
        text(header, Tag.PatientID),
        text(header, Tag.IssuerOfPatientID),
        text(header, Tag.PatientBirthDate),
        text(header, Tag.PatientSex),
        text(header, Tag.AccessionNumber),
        text(header, Tag.StudyDate),
        text(header, Tag.StudyDescription),
        text(header, Tag.Modality),
        text(header, Tag.BodyPartExamined),
        laterality(header));
  }

  private static String laterality(Dataset header) {
    String ofImage = text(header, Tag.ImageLaterality);
    return ofImage.isEmpty() ? text(header, Tag.Laterality) : ofImage;
  }

  private static String text(Dataset header, int tag) {
    String value = header.string(tag, "").strip();
    return value.length() <= LONGEST ? value : value.substring(0, LONGEST);
  }
}
