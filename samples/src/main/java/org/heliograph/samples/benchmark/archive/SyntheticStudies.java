package org.heliograph.samples.benchmark.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;

/** Studies made by SQL in a hub's database, each with a case; no images belong to them. */
final class SyntheticStudies {
  private static final String CATALOG = "/org/heliograph/archive/catalog/synthetic-catalog.sql";
  private static final String ROWS =
      """
      select s.study_instance_uid, p.patient_id, p.issuer_of_patient_id, s.patient_name,
        s.patient_birth_date, s.patient_sex, s.study_date, s.study_time, s.accession_number,
        s.study_description, s.modalities[1] as modality, s.sop_classes[1] as sop_class
      from archive.study s join archive.patient p on p.id = s.patient_ref
      order by s.id
      """;

  private SyntheticStudies() {}

  /** Replaces what the database holds of studies and cases by so many. */
  static void fill(HubServer hub, int studies) throws IOException {
    try (Connection connection = hub.database();
        Statement statement = connection.createStatement()) {
      run(statement, resource("/org/heliograph/samples/benchmark/archive/empty.sql"), studies);
      run(statement, resource(CATALOG), studies);
      run(statement, resource("/org/heliograph/samples/benchmark/archive/cases.sql"), studies);
    } catch (SQLException e) {
      throw new IOException("the catalog cannot be filled", e);
    }
  }

  private static void run(Statement statement, String sql, int studies) throws SQLException {
    String filled =
        sql.replace("{studies}", Integer.toString(studies))
            .replace("{patients}", Integer.toString(studies * 7 / 20))
            .replace("{calling}", HubServer.CALLING);
    for (String one : filled.split(";\n", -1)) {
      if (!one.isBlank()) {
        statement.execute(one);
      }
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = SyntheticStudies.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("not on the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Takes one object of a study. */
  interface Taker {
    void take(byte[] partTen) throws IOException;
  }

  /** The same studies as small objects, for those whose database is their own matter. */
  static void objects(HubServer hub, Taker taker) throws IOException {
    try (Connection connection = hub.database();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.setFetchSize(500);
      try (ResultSet row = statement.executeQuery(ROWS)) {
        while (row.next()) {
          var bytes = new ByteArrayOutputStream();
          DicomWriter.writePart10(
              bytes, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, object(row), BulkSource.NONE);
          taker.take(bytes.toByteArray());
        }
      }
    } catch (SQLException e) {
      throw new IOException("the catalog cannot be read", e);
    }
  }

  private static Dataset object(ResultSet row) throws SQLException {
    String study = row.getString("study_instance_uid");
    return Dataset.builder()
        .string(Tag.SpecificCharacterSet, "ISO_IR 192")
        .string(Tag.SOPClassUID, row.getString("sop_class"))
        .string(Tag.SOPInstanceUID, study + ".1.1")
        .string(Tag.StudyInstanceUID, study)
        .string(Tag.SeriesInstanceUID, study + ".1")
        .string(Tag.PatientID, row.getString("patient_id"))
        .string(Tag.IssuerOfPatientID, row.getString("issuer_of_patient_id"))
        .personName(Tag.PatientName, PersonName.parse(row.getString("patient_name")))
        .date(Tag.PatientBirthDate, row.getDate("patient_birth_date").toLocalDate())
        .string(Tag.PatientSex, row.getString("patient_sex"))
        .date(Tag.StudyDate, row.getDate("study_date").toLocalDate())
        .string(Tag.StudyTime, row.getString("study_time"))
        .string(Tag.AccessionNumber, row.getString("accession_number"))
        .string(Tag.StudyDescription, row.getString("study_description"))
        .string(Tag.Modality, row.getString("modality"))
        .integer(Tag.SeriesNumber, 1)
        .integer(Tag.InstanceNumber, 1)
        .build();
  }
}
