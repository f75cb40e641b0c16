package org.heliograph.reader.cases;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.UUID;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts a small picture of its own study to a case, in the archive and in the case. */
final class TestImage {
  private final Archive archive;
  private final JdbcClient sql;

  TestImage(Archive archive, JdbcClient sql) {
    this.archive = archive;
    this.sql = sql;
  }

  record Names(String study, String series, String instance) {}

  Names of(UUID siteId, UUID caseId) throws IOException {
    var uids = new Names(Uid.create().value(), Uid.create().value(), Uid.create().value());
    sql.sql(
            """
            insert into reading.case_study (study_instance_uid, case_id, origin, linked_at)
            values (?, ?, 'SENT', now())
            """)
        .params(uids.study(), caseId)
        .update();
    var syntax = TransferSyntaxUid.of(Uids.ImplicitVrLittleEndian);
    // By this origin it is filed by whoever made it, which is here.
    var incoming =
        new Incoming(siteId, "upload", syntax, null, null, new ByteArrayInputStream(bytes(uids)));
    if (!(archive.ingest().ingest(incoming) instanceof IngestResult.Stored)) {
      throw new IllegalStateException("not stored");
    }
    return uids;
  }

  private static byte[] bytes(Names uids) throws IOException {
    Dataset image =
        Dataset.builder()
            .string(Tag.SOPClassUID, Uids.SecondaryCaptureImageStorage)
            .string(Tag.SOPInstanceUID, uids.instance())
            .string(Tag.StudyInstanceUID, uids.study())
            .string(Tag.SeriesInstanceUID, uids.series())
            .string(Tag.PatientName, "Okafor^Amara")
            .string(Tag.PatientID, "Okafor-1")
            .string(Tag.Modality, "OT")
            .integer(Tag.SamplesPerPixel, 1)
            .string(Tag.PhotometricInterpretation, "MONOCHROME2")
            .integer(Tag.Rows, 16)
            .integer(Tag.Columns, 16)
            .integer(Tag.BitsAllocated, 8)
            .integer(Tag.BitsStored, 8)
            .integer(Tag.HighBit, 7)
            .integer(Tag.PixelRepresentation, 0)
            .bytes(Tag.PixelData, Vr.OW, new byte[16 * 16])
            .build();
    var bytes = new ByteArrayOutputStream();
    DicomWriter.writeDataset(
        bytes, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, image, BulkSource.NONE);
    return bytes.toByteArray();
  }
}
