package org.heliograph.reader.parcels;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.ingest.InstanceRef;
import org.heliograph.archive.ingest.photo.PhotoHeader;
import org.heliograph.archive.ingest.photo.PhotoResult;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.node.link.BundleFormatException;
import org.heliograph.node.link.Receipt.Outcome;
import org.heliograph.reader.intake.StudyHeader;
import org.heliograph.reader.intake.UploadFiles;
import org.heliograph.reader.parcels.Receipts.Result;
import org.heliograph.reader.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes DICOM objects of photos and PDFs from a clinic's watch folder. May be repeated: a document
 * has its UIDs from its manifest on.
 */
@Component
class DocumentParts {
  private static final int PHOTO_SERIES_NUMBER = 901;
  private static final int LARGEST_PDF = 32 << 20;
  private static final TransferSyntaxUid SYNTAX = TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);

  private final Archive archive;
  private final UploadFiles files;
  private final PartObject.Rows objects;
  private final ParcelCases cases;
  private final JdbcClient sql;

  DocumentParts(
      Archive archive,
      UploadFiles files,
      PartObject.Rows objects,
      ParcelCases cases,
      JdbcClient sql) {
    this.archive = archive;
    this.files = files;
    this.objects = objects;
    this.cases = cases;
    this.sql = sql;
  }

  /**
   * A document that was looked at.
   *
   * @param stored where it is in the archive; null if it is not
   * @param photo pixels of a photo; null of a PDF
   */
  record Made(
      Result result, StudyHeader study, @Nullable InstanceRef stored, @Nullable Size photo) {}

  /** Upright width and height. */
  record Size(int width, int height) {}

  /**
   * Makes the object of the part.
   *
   * @throws LaterException the archive takes nothing now
   */
  Made make(PartRow part) throws IOException, LaterException {
    PartObject object = objects.of(part).getFirst();
    StudyHeader study = cases.header(part.parcel(), object.study()).orElseThrow();
    Path file = unpacked(part, object);
    if (file == null) {
      return refused(object, study, ProblemCode.OBJECT_DIGEST);
    }
    return object.mediaType().equals("application/pdf")
        ? pdf(part, object, study, file)
        : photo(part, object, study, file);
  }

  private Made photo(PartRow part, PartObject object, StudyHeader study, Path file)
      throws IOException, LaterException {
    PhotoResult result = archive.photos().ingest(file, photoHeader(part, object, study));
    return switch (result) {
      case PhotoResult.Stored stored ->
          stored(object, study, stored.instance(), new Size(stored.width(), stored.height()));
      case PhotoResult.AlreadyStored stored ->
          stored(object, study, stored.instance(), new Size(stored.width(), stored.height()));
      case PhotoResult.Refused refused ->
          refused(object, study, ProblemCode.valueOf("PHOTO_" + refused.refusal().name()));
      case PhotoResult.Quarantined apart -> apart(object, study);
      case PhotoResult.NotStored not -> refused(object, study, InstanceParts.code(not.reason()));
    };
  }

  private Made pdf(PartRow part, PartObject object, StudyHeader study, Path file)
      throws IOException, LaterException {
    if (Files.size(file) > LARGEST_PDF) {
      return refused(object, study, ProblemCode.DOCUMENT_NOT_TAKEN);
    }
    byte[] pdf = Files.readAllBytes(file);
    if (!new String(pdf, 0, Math.min(5, pdf.length), StandardCharsets.US_ASCII).equals("%PDF-")) {
      return refused(object, study, ProblemCode.DOCUMENT_NOT_TAKEN);
    }
    var bytes = new ByteArrayOutputStream(pdf.length + 4096);
    DicomWriter.writeDataset(
        bytes,
        TransferSyntax.of(Uids.ExplicitVrLittleEndian),
        PdfObject.of(object, study, declaredAt(part), pdf),
        BulkSource.NONE);
    IngestResult result =
        archive
            .ingest()
            .ingest(
                new Incoming(
                    part.site(),
                    "document",
                    SYNTAX,
                    SopClassUid.of(Uids.EncapsulatedPdfStorage),
                    SopInstanceUid.of(object.instance()),
                    new ByteArrayInputStream(bytes.toByteArray())));
    return switch (result) {
      case IngestResult.Stored stored -> stored(object, study, stored.instance(), null);
      case IngestResult.AlreadyStored stored -> stored(object, study, stored.instance(), null);
      case IngestResult.Quarantined apart -> apart(object, study);
      case IngestResult.Refused refused ->
          refused(object, study, InstanceParts.code(refused.reason()));
    };
  }

  private PhotoHeader photoHeader(PartRow part, PartObject object, StudyHeader study) {
    return new PhotoHeader(
        part.site(),
        StudyInstanceUid.of(object.study()),
        SeriesInstanceUid.of(object.series()),
        SopInstanceUid.of(object.instance()),
        PHOTO_SERIES_NUMBER,
        object.number(),
        study.patientName(),
        study.patientId(),
        study.issuerOfPatientId(),
        study.patientBirthDate(),
        study.patientSex(),
        study.accessionNumber(),
        study.bodyPartExamined().matches("[A-Z0-9 _]{1,16}") ? study.bodyPartExamined() : "",
        study.laterality().matches("[RLBU]") ? study.laterality() : "",
        object.view(),
        declaredAt(part));
  }

  /** The same at each attempt, so that the object is. */
  private Instant declaredAt(PartRow part) {
    return sql.sql("select declared_at from reading.parcel where id = ?")
        .param(part.parcel())
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  /** The document's file; null if it is not the one of the manifest. */
  private @Nullable Path unpacked(PartRow part, PartObject object) throws IOException {
    UUID id = part.fileId();
    if (part.contentEncoding().equals("gzip")) {
      id = beside(part);
      try (InputStream in = PartContent.open(files, part, object.sizeBytes())) {
        Files.copy(in, files.path(id), StandardCopyOption.REPLACE_EXISTING);
      } catch (BundleFormatException e) {
        return null;
      }
    }
    return files.digest(id).equals(object.digest()) ? files.path(id) : null;
  }

  /** Removes what was unpacked beside the part. */
  void forget(PartRow part) throws IOException {
    files.delete(beside(part));
  }

  /** Where the part is unpacked to: always the same place. */
  private static UUID beside(PartRow part) {
    return UUID.nameUUIDFromBytes(
        (part.fileId() + " unpacked").getBytes(StandardCharsets.US_ASCII));
  }

  private static Made stored(
      PartObject object, StudyHeader study, InstanceRef stored, @Nullable Size photo) {
    return new Made(new Result(object.object(), Outcome.STORED, ""), study, stored, photo);
  }

  private static Made apart(PartObject object, StudyHeader study) {
    return new Made(new Result(object.object(), Outcome.QUARANTINED, ""), study, null, null);
  }

  private static Made refused(PartObject object, StudyHeader study, ProblemCode code) {
    return new Made(InstanceParts.refused(object, code), study, null, null);
  }
}
