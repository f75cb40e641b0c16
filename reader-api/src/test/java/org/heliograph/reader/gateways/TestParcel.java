package org.heliograph.reader.gateways;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.node.link.BundleWriter;
import org.heliograph.node.link.Manifest;
import org.heliograph.node.link.Manifest.Part;
import org.heliograph.node.link.Manifest.PartKind;
import org.heliograph.node.link.ManifestDocument;
import org.heliograph.node.link.ManifestInstance;
import org.heliograph.node.link.ManifestStudy;
import org.heliograph.node.link.Urgency;

/** Parcels as a gateway makes them, of small pictures of one patient and study. */
public final class TestParcel {
  private static final TransferSyntax SYNTAX = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;

  private final UUID id = UUID.randomUUID();
  private final String study;
  private final String patientId;
  private final String series = Uid.create().value();
  private final List<ManifestInstance> instances = new ArrayList<>();
  private final List<ManifestDocument> documents = new ArrayList<>();
  private final Map<Integer, byte[]> bytes = new LinkedHashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final Map<String, byte[]> previews = new LinkedHashMap<>();
  private Urgency urgency = Urgency.ROUTINE;

  public TestParcel() {
    this(Uid.create().value(), "P-" + UUID.randomUUID());
  }

  public TestParcel(String study, String patientId) {
    this.study = study;
    this.patientId = patientId;
  }

  /** A DICOM file and what a manifest says of its data set. */
  @SuppressWarnings("ArrayRecordComponent")
  public record File(String sopInstanceUid, byte[] partTen, String digest, long datasetBytes) {}

  public UUID id() {
    return id;
  }

  public String study() {
    return study;
  }

  public TestParcel urgency(Urgency other) {
    urgency = other;
    return this;
  }

  /** A picture in a part of its own. */
  public File addInstance(int kilobytes) {
    File file = file(kilobytes);
    int part = addPart(PartKind.INSTANCE, file.partTen());
    instances.add(instance(file, part, file.digest(), false));
    return file;
  }

  /** A picture that the modality sent with another digest. */
  public File addRecoded(File file, String receivedDigest) {
    int part = addPart(PartKind.INSTANCE, file.partTen());
    instances.add(instance(file, part, receivedDigest, false));
    return file;
  }

  /** A picture that is not what the manifest says. */
  public void addAnnouncedAs(File file, String digest) {
    int part = addPart(PartKind.INSTANCE, file.partTen());
    instances.add(
        instance(
            new File(file.sopInstanceUid(), file.partTen(), digest, file.datasetBytes()),
            part,
            digest,
            false));
  }

  /** Pictures in one part, with previews. */
  public List<File> addBundle(int count) {
    List<File> files = new ArrayList<>();
    Map<String, byte[]> content = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      File file = file(4);
      files.add(file);
      content.put(file.sopInstanceUid(), file.partTen());
    }
    int part = addPart(PartKind.BUNDLE, bundle(BundleWriter.DICOM, content));
    for (File file : files) {
      instances.add(instance(file, part, file.digest(), true));
      previews.put(file.sopInstanceUid(), jpeg());
    }
    return files;
  }

  /** A photo or PDF. */
  public UUID addDocument(String mediaType, byte[] file) {
    UUID document = UUID.randomUUID();
    int part = addPart(PartKind.DOCUMENT, file);
    documents.add(
        new ManifestDocument(
            part,
            document,
            study,
            mediaType,
            "Close-up",
            "Left arm",
            file.length,
            sha256(file),
            false));
    return document;
  }

  /** The manifest; the previews become part 0. */
  public Manifest manifest() {
    if (!previews.isEmpty() && !bytes.containsKey(0)) {
      byte[] content = bundle(BundleWriter.JPEG, previews);
      bytes.put(0, content);
      parts.addFirst(new Part(0, PartKind.PREVIEWS, "identity", content.length, sha256(content)));
    }
    return new Manifest(
        id,
        urgency,
        Instant.parse("2026-11-21T08:00:00Z"),
        List.of(
            new ManifestStudy(
                study,
                "Mwangi^Wanjiru",
                patientId,
                "",
                "19800229",
                "F",
                "",
                "20261121",
                "Chest",
                documents.isEmpty() ? "DX" : "XC",
                "CHEST",
                "")),
        instances,
        documents,
        parts);
  }

  public byte[] part(int number) {
    return Objects.requireNonNull(bytes.get(number));
  }

  public List<Integer> numbers() {
    return manifest().parts().stream().map(Part::number).toList();
  }

  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private int addPart(PartKind kind, byte[] content) {
    int number = parts.size() + 1;
    parts.add(new Part(number, kind, "identity", content.length, sha256(content)));
    bytes.put(number, content);
    return number;
  }

  private ManifestInstance instance(File file, int part, String received, boolean preview) {
    return new ManifestInstance(
        part,
        file.sopInstanceUid(),
        Uids.SecondaryCaptureImageStorage,
        study,
        series,
        Uids.ExplicitVrLittleEndian,
        file.datasetBytes(),
        file.digest(),
        Uids.ExplicitVrLittleEndian,
        received,
        null,
        "XRAY1",
        16,
        16,
        1,
        preview);
  }

  /** A picture of the parcel's study. */
  public File file(int kilobytes) {
    return file(Uid.create().value(), kilobytes);
  }

  File file(String instance, int kilobytes) {
    byte[] pixels = new byte[kilobytes * 1024];
    new java.util.Random(instance.hashCode()).nextBytes(pixels);
    Dataset image =
        Dataset.builder()
            .string(Tag.SOPClassUID, Uids.SecondaryCaptureImageStorage)
            .string(Tag.SOPInstanceUID, instance)
            .string(Tag.StudyInstanceUID, study)
            .string(Tag.SeriesInstanceUID, series)
            .string(Tag.PatientName, "Mwangi^Wanjiru")
            .string(Tag.PatientID, patientId)
            .string(Tag.PatientBirthDate, "19800229")
            .string(Tag.PatientSex, "F")
            .string(Tag.Modality, "DX")
            .integer(Tag.SamplesPerPixel, 1)
            .string(Tag.PhotometricInterpretation, "MONOCHROME2")
            .integer(Tag.Rows, kilobytes)
            .integer(Tag.Columns, 1024)
            .integer(Tag.BitsAllocated, 8)
            .integer(Tag.BitsStored, 8)
            .integer(Tag.HighBit, 7)
            .integer(Tag.PixelRepresentation, 0)
            .bytes(Tag.PixelData, Vr.OB, pixels)
            .build();
    try {
      var dataset = new ByteArrayOutputStream();
      DicomWriter.writeDataset(dataset, SYNTAX, image, BulkSource.NONE);
      var file = new ByteArrayOutputStream();
      DicomWriter.writeFileMeta(
          file,
          DicomWriter.fileMeta(
              SopClassUid.of(Uids.SecondaryCaptureImageStorage),
              SopInstanceUid.of(instance),
              SYNTAX.transferSyntaxUid()),
          SYNTAX);
      dataset.writeTo(file);
      return new File(instance, file.toByteArray(), sha256(dataset.toByteArray()), dataset.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bundle(String type, Map<String, byte[]> content) {
    var bytes = new ByteArrayOutputStream();
    try (var bundle = new BundleWriter(bytes, type, content.keySet())) {
      for (var entry : content.entrySet()) {
        bundle.add(
            entry.getKey(), entry.getValue().length, new ByteArrayInputStream(entry.getValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] jpeg() {
    var image =
        new java.awt.image.BufferedImage(16, 16, java.awt.image.BufferedImage.TYPE_BYTE_GRAY);
    var out = new ByteArrayOutputStream();
    try {
      javax.imageio.ImageIO.write(image, "jpeg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
