package org.heliograph.samples.study;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.samples.people.SyntheticPatient;
import org.heliograph.samples.xray.Radiograph;

/**
 * A radiograph as a Digital X-Ray Image for presentation (PS3.3 A.26), header and all. The UIDs
 * follow from the accession number and the instance number.
 */
public final class XrayStudy {
  private final StudyHeader header;
  private final Projection projection;

  /** What was taken, in the words and codes of DICOM. */
  public enum Projection {
    CHEST_PA("CHEST", "U", "L\\F", "Chest PA", "51185008", "Chest"),
    HAND_RIGHT("HAND", "R", "R\\H", "Hand right PA", "85562004", "Hand"),
    FOREARM_LEFT("FOREARM", "L", "L\\H", "Forearm left AP", "14975008", "Forearm");

    private final String bodyPart;
    private final String laterality;
    private final String orientation;
    private final String description;
    private final String snomed;
    private final String meaning;

    Projection(
        String bodyPart,
        String laterality,
        String orientation,
        String description,
        String snomed,
        String meaning) {
      this.bodyPart = bodyPart;
      this.laterality = laterality;
      this.orientation = orientation;
      this.description = description;
      this.snomed = snomed;
      this.meaning = meaning;
    }
  }

  public XrayStudy(
      SyntheticPatient patient,
      Projection projection,
      String accessionNumber,
      LocalDateTime takenAt) {
    this.header = new StudyHeader(patient, accessionNumber, takenAt);
    this.projection = projection;
  }

  /** The study's UID, made of the accession number. */
  public String studyInstanceUid() {
    return header.uid("study");
  }

  /** One image of the study. */
  public Dataset image(int instanceNumber, Radiograph picture) {
    Dataset.Builder b = header.begin(projection.description);
    series(b);
    acquisition(b, instanceNumber, picture);
    pixels(b, picture);
    return b.build();
  }

  private void series(Dataset.Builder b) {
    b.string(Tag.Modality, "DX")
        .string(Tag.SeriesInstanceUID, header.uid("series"))
        .integer(Tag.SeriesNumber, 1)
        .string(Tag.SeriesDescription, projection.description)
        .string(Tag.PresentationIntentType, "FOR PRESENTATION")
        .string(Tag.Manufacturer, "Heliograph samples")
        .string(Tag.ManufacturerModelName, "Phantom DR")
        .string(Tag.StationName, "XRAY1")
        .string(Tag.BodyPartExamined, projection.bodyPart);
  }

  private void acquisition(Dataset.Builder b, int instanceNumber, Radiograph picture) {
    b.string(Tag.SOPClassUID, Uids.DigitalXRayImageStorageForPresentation)
        .string(Tag.SOPInstanceUID, header.uid("image " + instanceNumber))
        .integer(Tag.InstanceNumber, instanceNumber)
        .string(Tag.ContentDate, header.date())
        .string(Tag.ContentTime, header.time())
        .string(Tag.AcquisitionDate, header.date())
        .string(Tag.AcquisitionTime, header.time())
        .string(Tag.ImageType, "ORIGINAL", "PRIMARY")
        .string(Tag.PatientOrientation, projection.orientation.split("\\\\", -1))
        .string(Tag.ImageLaterality, projection.laterality)
        .sequence(
            Tag.AnatomicRegionSequence,
            Dataset.builder()
                .string(Tag.CodeValue, projection.snomed)
                .string(Tag.CodingSchemeDesignator, "SCT")
                .string(Tag.CodeMeaning, projection.meaning)
                .build())
        .string(Tag.DetectorType, "DIRECT")
        .decimal(
            Tag.ImagerPixelSpacing,
            picture.pixelSpacingMillimetres(),
            picture.pixelSpacingMillimetres())
        .decimal(
            Tag.PixelSpacing, picture.pixelSpacingMillimetres(), picture.pixelSpacingMillimetres())
        .sequence(Tag.AcquisitionContextSequence);
  }

  private static void pixels(Dataset.Builder b, Radiograph picture) {
    ByteBuffer bytes =
        ByteBuffer.allocate(picture.columns() * picture.rows() * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < picture.rows(); row++) {
      for (int column = 0; column < picture.columns(); column++) {
        bytes.putShort((short) picture.pixels().at(column, row));
      }
    }
    b.integer(Tag.SamplesPerPixel, 1)
        .string(Tag.PhotometricInterpretation, "MONOCHROME2")
        .integer(Tag.Rows, picture.rows())
        .integer(Tag.Columns, picture.columns())
        .integer(Tag.BitsAllocated, 16)
        .integer(Tag.BitsStored, picture.bitsStored())
        .integer(Tag.HighBit, picture.bitsStored() - 1)
        .integer(Tag.PixelRepresentation, 0)
        .string(Tag.PixelIntensityRelationship, "LOG")
        .integer(Tag.PixelIntensityRelationshipSign, 1)
        .decimal(Tag.RescaleIntercept, 0)
        .decimal(Tag.RescaleSlope, 1)
        .string(Tag.RescaleType, "US")
        .string(Tag.PresentationLUTShape, "IDENTITY")
        .string(Tag.LossyImageCompression, "00")
        .string(Tag.BurnedInAnnotation, "NO")
        .decimal(Tag.WindowCenter, picture.windowCenter())
        .decimal(Tag.WindowWidth, picture.windowWidth())
        .bytes(Tag.PixelData, Vr.OW, bytes.array());
  }
}
