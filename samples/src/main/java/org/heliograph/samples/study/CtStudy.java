package org.heliograph.samples.study;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.samples.ct.CtSlice;
import org.heliograph.samples.ct.ThoraxCt;
import org.heliograph.samples.people.SyntheticPatient;

/**
 * A chest CT of one series as CT Image Storage (PS3.3 A.3), with the header of a common scanner.
 */
public final class CtStudy {
  private static final int SIZE = 512;
  private static final double SPACING = 0.75;
  private static final double THICKNESS = 1.25;
  private static final int INTERCEPT = -1024;

  private final StudyHeader header;
  private final ThoraxCt body;
  private final int slices;

  public CtStudy(
      SyntheticPatient patient, String accessionNumber, LocalDateTime takenAt, int slices) {
    this.header = new StudyHeader(patient, accessionNumber, takenAt);
    this.body = new ThoraxCt(accessionNumber.hashCode());
    this.slices = slices;
  }

  /** The study's UID, made of the accession number. */
  public String studyInstanceUid() {
    return header.uid("study");
  }

  public int slices() {
    return slices;
  }

  /**
   * One slice of the series, from the feet up.
   *
   * @param instanceNumber from 1
   */
  public Dataset slice(int instanceNumber) {
    double z = (instanceNumber - (slices + 1) / 2.0) * THICKNESS;
    CtSlice slice = body.slice(z, SIZE, SPACING);
    Dataset.Builder b = header.begin("CT chest");
    series(b);
    acquisition(b, instanceNumber);
    geometry(b, slice);
    pixels(b, slice);
    return b.build();
  }

  private void series(Dataset.Builder b) {
    b.string(Tag.Modality, "CT")
        .string(Tag.SeriesInstanceUID, header.uid("series"))
        .integer(Tag.SeriesNumber, 2)
        .string(Tag.SeriesDescription, "Chest 1.25 mm soft")
        .string(Tag.SeriesDate, header.date())
        .string(Tag.SeriesTime, header.time())
        .string(Tag.Manufacturer, "Heliograph samples")
        .string(Tag.ManufacturerModelName, "Phantom CT 64")
        .string(Tag.InstitutionName, "Coast Hospital")
        .string(Tag.StationName, "CT1")
        .string(Tag.DeviceSerialNumber, "0042")
        .string(Tag.SoftwareVersions, "1.0", "phantom 2")
        .string(Tag.BodyPartExamined, "CHEST")
        .string(Tag.PatientPosition, "HFS")
        .string(Tag.ProtocolName, "Chest routine")
        .string(Tag.FrameOfReferenceUID, header.uid("frame of reference"))
        .empty(Tag.PositionReferenceIndicator);
  }

  private void acquisition(Dataset.Builder b, int instanceNumber) {
    b.string(Tag.SOPClassUID, Uids.CtImageStorage)
        .string(Tag.SOPInstanceUID, header.uid("slice " + instanceNumber))
        .integer(Tag.InstanceNumber, instanceNumber)
        .integer(Tag.AcquisitionNumber, 1)
        .string(Tag.ContentDate, header.date())
        .string(Tag.ContentTime, header.time())
        .string(Tag.AcquisitionDate, header.date())
        .string(Tag.AcquisitionTime, header.time())
        .string(Tag.ImageType, "ORIGINAL", "PRIMARY", "AXIAL")
        .string(Tag.ScanOptions, "HELICAL MODE")
        .decimal(Tag.KVP, 120)
        .decimal(Tag.DataCollectionDiameter, 500)
        .decimal(Tag.ReconstructionDiameter, SIZE * SPACING)
        .decimal(Tag.DistanceSourceToDetector, 949)
        .decimal(Tag.DistanceSourceToPatient, 541)
        .decimal(Tag.GantryDetectorTilt, 0)
        .decimal(Tag.TableHeight, 140)
        .string(Tag.RotationDirection, "CW")
        .integer(Tag.ExposureTime, 500)
        .integer(Tag.XRayTubeCurrent, 210)
        .integer(Tag.Exposure, 105)
        .string(Tag.FilterType, "BODY FILTER")
        .integer(Tag.GeneratorPower, 25)
        .decimal(Tag.FocalSpots, 1.2)
        .string(Tag.ConvolutionKernel, "STANDARD")
        .decimal(Tag.SpiralPitchFactor, 0.984)
        .decimal(Tag.CTDIvol, 6.4);
  }

  private static void geometry(Dataset.Builder b, CtSlice slice) {
    double corner = -(SIZE - 1) / 2.0 * SPACING;
    b.decimal(Tag.SliceThickness, THICKNESS)
        .decimal(Tag.SpacingBetweenSlices, THICKNESS)
        .decimal(Tag.ImagePositionPatient, corner, corner, slice.zMillimetres())
        .decimal(Tag.ImageOrientationPatient, 1, 0, 0, 0, 1, 0)
        .decimal(Tag.SliceLocation, slice.zMillimetres())
        .decimal(Tag.PixelSpacing, SPACING, SPACING);
  }

  private static void pixels(Dataset.Builder b, CtSlice slice) {
    ByteBuffer bytes =
        ByteBuffer.allocate(slice.hounsfield().length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (short value : slice.hounsfield()) {
      bytes.putShort((short) (value - INTERCEPT));
    }
    b.integer(Tag.SamplesPerPixel, 1)
        .string(Tag.PhotometricInterpretation, "MONOCHROME2")
        .integer(Tag.Rows, slice.rows())
        .integer(Tag.Columns, slice.columns())
        .integer(Tag.BitsAllocated, 16)
        .integer(Tag.BitsStored, 12)
        .integer(Tag.HighBit, 11)
        .integer(Tag.PixelRepresentation, 0)
        .decimal(Tag.RescaleIntercept, INTERCEPT)
        .decimal(Tag.RescaleSlope, 1)
        .string(Tag.RescaleType, "HU")
        .decimal(Tag.WindowCenter, 40, -600)
        .decimal(Tag.WindowWidth, 400, 1500)
        .string(Tag.WindowCenterWidthExplanation, "SOFT", "LUNG")
        .bytes(Tag.PixelData, Vr.OW, bytes.array());
  }
}
