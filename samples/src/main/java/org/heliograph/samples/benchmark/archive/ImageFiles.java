package org.heliograph.samples.benchmark.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;

/**
 * Files that are sent. Each pass gives them new identities by writing other digits over those in
 * their UIDs and accession numbers, so that nothing is stored already and nothing is made twice.
 */
final class ImageFiles {
  private static final String ROOT = "1.2.826.0.1.3680043.10.999.7.";
  private static final int FIRST_IDENTITY = 1000;
  private static final int HEADER_BYTES = 16 * 1024;
  private static final Pattern IDENTITY =
      Pattern.compile("(?<=" + Pattern.quote(ROOT) + "|\\bHG)\\d{4}(?=[.-])");

  /** Slices of a study of 31 MB. */
  static final int SLICES_OF_STUDY = 60;

  private static final int LONGEST_SERIES = 1_000;

  /** What is sent. */
  enum Kind {
    CT("CT", 1),
    DX("DX", 2),
    PHOTO("photo", 3);

    private final String title;
    private final int number;

    Kind(String title, int number) {
      this.title = title;
      this.number = number;
    }

    String title() {
      return title;
    }

    /** Its place in UIDs. */
    int number() {
      return number;
    }
  }

  private final Kind kind;
  private final List<Path> files;
  private int identity = FIRST_IDENTITY;

  private ImageFiles(Kind kind, List<Path> files) {
    this.kind = kind;
    this.files = List.copyOf(files);
  }

  /** Writes the files that are not there yet. */
  static ImageFiles make(Path folder, Kind kind, int count) throws IOException {
    Path own = folder.resolve(kind.name().toLowerCase(Locale.ROOT));
    Files.createDirectories(own);
    var pictures = new Pictures(kind);
    List<Path> files = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Path file = own.resolve("%05d.dcm".formatted(i));
      if (!Files.exists(file)) {
        write(file, identified(pictures.get(i), kind, i, count), pictures.transferSyntax());
      }
      files.add(file);
    }
    return new ImageFiles(kind, files);
  }

  Kind kind() {
    return kind;
  }

  List<Path> files() {
    return files;
  }

  double megabytes() throws IOException {
    return Files.size(files.getFirst()) / 1e6;
  }

  /** Turns them into other instances of other studies. */
  void renew() throws IOException {
    identity++;
    byte[] digits = Integer.toString(identity).getBytes(StandardCharsets.US_ASCII);
    var head = new byte[HEADER_BYTES];
    for (Path path : files) {
      try (var file = new RandomAccessFile(path.toFile(), "rw")) {
        int length = file.read(head);
        Matcher found =
            IDENTITY.matcher(new String(head, 0, Math.max(0, length), StandardCharsets.ISO_8859_1));
        while (found.find()) {
          file.seek(found.start());
          file.write(digits);
        }
      }
    }
  }

  /** The addresses below {@code /studies} that the pass before the next {@link #renew} made. */
  String study(int image) {
    return "/studies/" + studyUid(image);
  }

  String series(int image) {
    return study(image) + "/series/" + studyUid(image) + ".1";
  }

  String instance(int image) {
    return series(image) + "/instances/" + studyUid(image) + ".1." + (1 + image);
  }

  private String studyUid(int image) {
    return studyUid(kind, image, files.size(), identity);
  }

  /** How many slices the first study has, which is one series. */
  int longestSeries() {
    int slices = 0;
    while (slices < files.size() && studyOf(kind, slices, files.size()) == 0) {
      slices++;
    }
    return slices;
  }

  /** An image of a study of {@link #SLICES_OF_STUDY} slices: the last. */
  int lastImage() {
    return files.size() - 1;
  }

  private static String studyUid(Kind kind, int image, int count, int identity) {
    return ROOT + identity + "." + kind.number() + "." + (1 + studyOf(kind, image, count));
  }

  /** From the end: studies of 60; the first, at most 1 000 slices, has what is left. */
  private static int studyOf(Kind kind, int image, int count) {
    if (kind != Kind.CT) {
      return image;
    }
    int inFirst = Math.min(LONGEST_SERIES, count);
    while ((inFirst > SLICES_OF_STUDY && (count - inFirst) % SLICES_OF_STUDY != 0)
        || (inFirst == count && count > SLICES_OF_STUDY)) {
      inFirst--;
    }
    return image < inFirst ? 0 : 1 + (image - inFirst) / SLICES_OF_STUDY;
  }

  private static Dataset identified(Dataset picture, Kind kind, int image, int count) {
    String study = studyUid(kind, image, count, FIRST_IDENTITY);
    int number = studyOf(kind, image, count);
    return picture.toBuilder()
        .string(Tag.StudyInstanceUID, study)
        .string(Tag.SeriesInstanceUID, study + ".1")
        .string(Tag.SOPInstanceUID, study + ".1." + (1 + image))
        .string(Tag.AccessionNumber, "HG" + FIRST_IDENTITY + "-" + kind.number() + number)
        .string(Tag.PatientID, "P" + kind.number() + "%05d".formatted(number))
        .integer(Tag.InstanceNumber, 1 + image)
        .build();
  }

  private static void write(Path file, Dataset dataset, TransferSyntax syntax) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
      DicomWriter.writePart10(out, syntax, dataset, BulkSource.NONE);
    }
    Files.move(part, file);
  }
}
