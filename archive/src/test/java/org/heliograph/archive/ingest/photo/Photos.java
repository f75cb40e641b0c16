package org.heliograph.archive.ingest.photo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;

/** The open sample photos beside the repository, and a header for them. */
final class Photos {

  /** Lets the small samples in. */
  static final PhotoLimits SMALL = new PhotoLimits(25_000_000, 60_000_000, 1, 1, 1024, 768);

  private Photos() {}

  static Path path(String name) {
    Path folder = Path.of("").toAbsolutePath().resolve("../../shared/data/photos").normalize();
    assumeTrue(Files.isDirectory(folder), "skipped: no ../shared/data beside the repository");
    return folder.resolve(name);
  }

  static byte[] read(String name) throws IOException {
    return Files.readAllBytes(path(name));
  }

  /** A photo with another photo's Exif block in place of its own application segments. */
  static byte[] withExifOf(byte[] photo, byte[] donor) {
    int exif = 2;
    while ((donor[exif + 1] & 0xFF) != 0xE1) {
      exif += 2 + ((donor[exif + 2] & 0xFF) << 8 | (donor[exif + 3] & 0xFF));
    }
    int length = 2 + ((donor[exif + 2] & 0xFF) << 8 | (donor[exif + 3] & 0xFF));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(photo, 0, 2);
    out.write(donor, exif, length);
    out.write(photo, 2, photo.length - 2);
    return out.toByteArray();
  }

  static PhotoHeader header(String instance) {
    return new PhotoHeader(
        UUID.fromString("00000000-0000-4000-8000-000000000001"),
        StudyInstanceUid.of("2.25.1001"),
        SeriesInstanceUid.of("2.25.1002"),
        SopInstanceUid.of(instance),
        1,
        3,
        PersonName.of("Çelik", "Ayşe"),
        "P-17",
        "CLINIC-A",
        LocalDate.of(1980, 2, 29),
        "F",
        "ACC-1",
        "forearm",
        "L",
        "Close-up, left forearm",
        Instant.parse("2026-03-01T10:15:30Z"));
  }
}
