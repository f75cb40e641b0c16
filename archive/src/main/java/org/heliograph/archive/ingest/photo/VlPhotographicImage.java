package org.heliograph.archive.ingest.photo;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;

/** Makes the VL Photographic Image of a prepared photo (PS3.3 A.32.4). */
final class VlPhotographicImage {

  static final TransferSyntaxUid TRANSFER_SYNTAX = TransferSyntaxUid.of("1.2.840.10008.1.2.4.50");

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

  private VlPhotographicImage() {}

  static Dataset of(PhotoHeader header, PreparedPhoto photo) {
    Dataset.Builder builder = Dataset.builder();
    patient(builder, header);
    studyAndSeries(builder, header);
    image(builder, header, photo);
    pixels(builder, photo);
    return builder.build();
  }

  private static void patient(Dataset.Builder builder, PhotoHeader header) {
    builder
        .string(Tag.SpecificCharacterSet, "ISO_IR 192")
        .personName(Tag.PatientName, header.patientName())
        .string(Tag.PatientID, header.patientId());
    if (!header.issuerOfPatientId().isEmpty()) {
      builder.string(Tag.IssuerOfPatientID, header.issuerOfPatientId());
    }
    if (header.birthDate() == null) {
      builder.empty(Tag.PatientBirthDate);
    } else {
      builder.date(Tag.PatientBirthDate, header.birthDate());
    }
    optional(builder, Tag.PatientSex, header.sex());
  }

  private static void studyAndSeries(Dataset.Builder builder, PhotoHeader header) {
    OffsetDateTime at = utc(header.acquiredAt());
    builder
        .string(Tag.StudyInstanceUID, header.study().value().value())
        .string(Tag.StudyDate, DATE.format(at))
        .string(Tag.StudyTime, TIME.format(at))
        .empty(Tag.ReferringPhysicianName)
        .empty(Tag.StudyID)
        .string(Tag.TimezoneOffsetFromUTC, "+0000")
        .string(Tag.Modality, "XC")
        .string(Tag.SeriesInstanceUID, header.series().value().value())
        .integer(Tag.SeriesNumber, header.seriesNumber())
        .string(Tag.SeriesDate, DATE.format(at))
        .string(Tag.SeriesTime, TIME.format(at))
        .empty(Tag.Manufacturer);
    optional(builder, Tag.AccessionNumber, header.accessionNumber());
    String bodyPart = codeString(header.bodyPart());
    if (!bodyPart.isEmpty()) {
      builder.string(Tag.BodyPartExamined, bodyPart);
    }
  }

  private static void image(Dataset.Builder builder, PhotoHeader header, PreparedPhoto photo) {
    OffsetDateTime at = utc(header.acquiredAt());
    builder
        .string(Tag.SOPClassUID, Uids.VlPhotographicImageStorage)
        .string(Tag.SOPInstanceUID, header.instance().value().value())
        .integer(Tag.InstanceNumber, header.instanceNumber())
        .string(Tag.ImageType, photo.derived() ? "DERIVED" : "ORIGINAL", "PRIMARY")
        .string(Tag.ContentDate, DATE.format(at))
        .string(Tag.ContentTime, TIME.format(at))
        .string(Tag.AcquisitionDateTime, DATE.format(at) + TIME.format(at) + "+0000")
        .empty(Tag.PatientOrientation)
        .empty(Tag.AcquisitionContextSequence)
        .string(Tag.LossyImageCompression, "01")
        .string(Tag.LossyImageCompressionRatio, ratios(photo.compressionRatios()))
        .string(
            Tag.LossyImageCompressionMethod,
            photo.compressionRatios().stream().map(_ -> "ISO_10918_1").toArray(String[]::new));
    if (photo.derived()) {
      builder.string(Tag.DerivationDescription, "Turned upright and compressed again");
    }
    if (!header.laterality().isEmpty()) {
      builder.string(Tag.ImageLaterality, header.laterality());
    }
    if (!header.view().isEmpty()) {
      builder.string(Tag.ImageComments, header.view());
    }
  }

  private static void pixels(Dataset.Builder builder, PreparedPhoto photo) {
    builder
        .integer(Tag.SamplesPerPixel, photo.gray() ? 1 : 3)
        // Whatever the stream's own subsampling: PS3.5 8.2.1 names lossy JPEG colour so.
        .string(Tag.PhotometricInterpretation, photo.gray() ? "MONOCHROME2" : "YBR_FULL_422")
        .integer(Tag.Rows, photo.height())
        .integer(Tag.Columns, photo.width())
        .integer(Tag.BitsAllocated, 8)
        .integer(Tag.BitsStored, 8)
        .integer(Tag.HighBit, 7)
        .integer(Tag.PixelRepresentation, 0);
    if (!photo.gray()) {
      builder.integer(Tag.PlanarConfiguration, 0);
    }
    byte[] profile = photo.iccProfile();
    if (profile != null) {
      builder.bytes(Tag.ICCProfile, Vr.OB, profile);
    }
    builder.encapsulated(List.of(photo.jpeg()));
  }

  private static String[] ratios(List<Double> ratios) {
    return ratios.stream().map(r -> String.format(Locale.ROOT, "%.2f", r)).toArray(String[]::new);
  }

  /** Upper case, digits, space and underscore, at most 16 (PS3.5 6.2 CS). */
  private static String codeString(String text) {
    String code = text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9 _]+", "_").strip();
    return code.length() > 16 ? code.substring(0, 16).strip() : code;
  }

  private static void optional(Dataset.Builder builder, int tag, String value) {
    if (value.isEmpty()) {
      builder.empty(tag);
    } else {
      builder.string(tag, value);
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
