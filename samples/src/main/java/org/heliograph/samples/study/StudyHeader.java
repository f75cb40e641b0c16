package org.heliograph.samples.study;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.samples.people.SyntheticPatient;

/**
 * What the images of one study share. UIDs follow from the accession number, so that making a study
 * again gives the same study.
 */
record StudyHeader(SyntheticPatient patient, String accessionNumber, LocalDateTime takenAt) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);

  Dataset.Builder begin(String description) {
    return Dataset.builder()
        .string(Tag.SpecificCharacterSet, "ISO_IR 192")
        .personName(Tag.PatientName, patient.dicomName())
        .string(Tag.PatientID, patient.id())
        .string(Tag.IssuerOfPatientID, patient.issuer())
        .date(Tag.PatientBirthDate, patient.birthDate())
        .string(Tag.PatientSex, patient.sex())
        .string(Tag.StudyInstanceUID, uid("study"))
        .string(Tag.StudyDate, date())
        .string(Tag.StudyTime, time())
        .string(Tag.AccessionNumber, accessionNumber)
        .string(Tag.StudyID, "1")
        .string(Tag.StudyDescription, description)
        .empty(Tag.ReferringPhysicianName);
  }

  String date() {
    return DATE.format(takenAt);
  }

  String time() {
    return TIME.format(takenAt);
  }

  /** The UID of a part of the study, made of the accession number and the part's name. */
  String uid(String part) {
    byte[] name =
        ("heliograph samples " + accessionNumber + " " + part).getBytes(StandardCharsets.UTF_8);
    UUID uuid = UUID.nameUUIDFromBytes(name);
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    return "2.25." + new BigInteger(1, bytes.array());
  }
}
