package org.heliograph.samples.benchmark.link;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.samples.people.SyntheticPatient;
import org.heliograph.samples.study.CtStudy;
import org.heliograph.samples.study.XrayStudy;
import org.heliograph.samples.xray.Chest;

/**
 * A study of one picture, as a modality sends it.
 *
 * @param file Part 10, not compressed
 */
record Picture(Path file, String studyInstanceUid, Dataset dataset) {
  private static final LocalDateTime TAKEN = LocalDateTime.of(2026, 11, 20, 9, 30);
  private static final int LARGEST = 64 << 20;

  /** A chest X-ray of 10 MB; each number is another study. */
  static Picture dx(Path folder, int number) throws IOException {
    var study =
        new XrayStudy(
            SyntheticPatient.AMINA,
            XrayStudy.Projection.CHEST_PA,
            "LINK-DX-" + number,
            TAKEN.plusMinutes(number));
    return write(folder, study.image(1, new Chest(number, Chest.Finding.NONE).radiograph()));
  }

  /** A CT slice of 0.5 MB. */
  static Picture ct(Path folder, int number) throws IOException {
    var study = new CtStudy(SyntheticPatient.OLENA, "LINK-CT-" + number, TAKEN, 40);
    return write(folder, study.slice(20));
  }

  private static Picture write(Path folder, Dataset image) throws IOException {
    Path file = folder.resolve(image.string(Tag.AccessionNumber, "picture") + ".dcm");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      DicomWriter.writePart10(
          out, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, image, BulkSource.NONE);
    }
    return new Picture(file, image.string(Tag.StudyInstanceUID).orElseThrow(), image);
  }

  /** Whether each pixel of a Part 10 file is the one that was sent. */
  boolean hasSamePixels(Path partTen) throws IOException {
    Dataset came = DicomReader.readPart10(partTen, ReadOptions.inMemory(LARGEST)).dataset();
    return Arrays.equals(came.bytes(Tag.PixelData), dataset.bytes(Tag.PixelData));
  }

  @Override
  public String toString() {
    return "Picture";
  }
}
