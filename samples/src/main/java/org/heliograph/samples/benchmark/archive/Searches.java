package org.heliograph.samples.benchmark.archive;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;

/** The searches that are measured, of a catalog that {@link SyntheticStudies} filled. */
final class Searches {
  private static final int DAYS = 3_650;
  private static final int WINDOW = 30;
  private static final long FIRST_DAY = LocalDate.of(2016, 1, 1).toEpochDay();
  private static final String[] NAMES = {
    "mith", "okoro", "stein", "ema", "bell", "nov", "tani", "quez", "lin", "wara"
  };
  private static final String[] MODALITIES = {"CT", "DX", "CR", "MR", "US", "MG"};

  private final int studies;

  Searches(int studies) {
    this.studies = studies;
  }

  /** What is asked for. */
  enum Question {
    ID("patient ID"),
    DATE_AND_MODALITY("30 days and modality"),
    NAME_INFIX("part of a name"),
    NEWEST("the newest 100");

    private final String title;

    Question(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** The query of a QIDO-RS request; the same numbers give the same questions to everyone. */
  String query(Question question, int number) {
    var random = new Random(number);
    return "/studies?limit=100"
        + switch (question) {
          case ID -> "&PatientID=" + patientId(random);
          case DATE_AND_MODALITY ->
              "&StudyDate=" + days(random, WINDOW) + "&ModalitiesInStudy=" + modality(random);
          case NAME_INFIX ->
              "&PatientName=" + URLEncoder.encode("*" + name(random) + "*", StandardCharsets.UTF_8);
          case NEWEST -> "";
        };
  }

  /** The identifier of a C-FIND; for questions whose answers are few. */
  Dataset identifier(Question question, int number) {
    var random = new Random(number);
    Dataset.Builder keys =
        Dataset.builder()
            .string(Tag.QueryRetrieveLevel, "STUDY")
            .empty(Tag.StudyInstanceUID)
            .empty(Tag.StudyTime)
            .empty(Tag.AccessionNumber)
            .empty(Tag.PatientName)
            .empty(Tag.PatientBirthDate)
            .empty(Tag.StudyDescription)
            .empty(Tag.StudyDate)
            .empty(Tag.PatientID)
            .empty(Tag.ModalitiesInStudy);
    if (question == Question.ID) {
      keys.string(Tag.PatientID, patientId(random));
    } else {
      keys.string(Tag.StudyDate, days(random, 1)).string(Tag.ModalitiesInStudy, modality(random));
    }
    return keys.build();
  }

  private String patientId(Random random) {
    return "P%08d".formatted((1 + random.nextInt(studies * 7 / 20)) * 7919L % 10_000_019);
  }

  private static String days(Random random, int window) {
    LocalDate from = LocalDate.ofEpochDay(FIRST_DAY + random.nextInt(DAYS - window));
    return day(from) + "-" + day(from.plusDays(window - 1L));
  }

  private static String day(LocalDate date) {
    return date.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private static String modality(Random random) {
    return MODALITIES[random.nextInt(MODALITIES.length)];
  }

  private static String name(Random random) {
    return NAMES[random.nextInt(NAMES.length)];
  }
}
