package org.heliograph.node.watch;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heliograph.dicom.data.Uid;
import org.heliograph.node.link.ManifestStudy;
import org.heliograph.node.link.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * Whose pictures are in a folder, what is asked and how soon.
 *
 * @param urgency null if nothing is said
 */
record CaseData(ManifestStudy study, String question, @Nullable Urgency urgency, CaseFile lines) {
  /** Patient ID and description are LO (PS3.5 6.2). */
  private static final int LONGEST = 64;

  private static final int LONGEST_QUESTION = 255;
  private static final int LONGEST_NAME = 324;
  private static final DateTimeFormatter DA = DateTimeFormatter.BASIC_ISO_DATE;
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})[-./ ]?(\\d{1,2})[-./ ]?(\\d{1,2})");
  private static final Pattern DAY_FIRST =
      Pattern.compile("(\\d{1,2})\\.\\s?(\\d{1,2})\\.\\s?(\\d{4})");

  /** {@code 4711_Doe^Jane_19800201_F}: id, name, birth date, and sex if it is known. */
  private static final Pattern FOLDER_NAME =
      Pattern.compile("([^_]{1,64})_([^_]{1,64})_(\\d{8}|\\d{4}-\\d{2}-\\d{2})(?:_([FMOfmo]))?");

  /** Patient data are not shown. */
  @Override
  public String toString() {
    return "CaseData[***]";
  }

  /**
   * What a case file says.
   *
   * @param where the folder below the watched one: with patient and day it makes the study's UID
   * @param day on which the file was written
   */
  static CaseData of(CaseFile lines, Path where, LocalDate day, LocalDate today)
      throws CaseProblem {
    String id = line(lines.value("patientid", "id", "patientnumber", "number"), "patient-id");
    String name = name(lines.value("patientname", "name", "patient"));
    String birth =
        date(lines.value("birthdate", "dateofbirth", "dob", "born"), "birth-date", today);
    if (name.isEmpty() || (id.isEmpty() && birth.isEmpty())) {
      throw new CaseProblem("patient-name is needed, and patient-id or birth-date.");
    }
    String date = date(lines.value("date", "studydate", "examdate"), "date", today);
    String question = lines.value("question", "clinicalquestion", "reason", "description");
    if (question.length() > LONGEST_QUESTION) {
      throw new CaseProblem(
          "the question is longer than 255 letters; put the long text into a PDF beside it.");
    }
    String accession = line(lines.value("accessionnumber", "accession", "order"), "accession");
    String given = lines.value("study", "studyuid", "studyinstanceuid");
    if (!given.isEmpty() && !Uid.isValid(given)) {
      throw new CaseProblem("study is no UID.");
    }
    String studyDate = date.isEmpty() ? DA.format(day) : date;
    String study = given.isEmpty() ? uid(where, id, name, birth, accession, studyDate) : given;
    return new CaseData(
        new ManifestStudy(
            study,
            name,
            id,
            line(lines.value("issuerofpatientid", "issuer"), "issuer"),
            birth,
            sex(lines.value("sex", "gender")),
            accession,
            studyDate,
            shortened(lines.value("description", "question", "reason", "clinicalquestion")),
            "XC",
            bodyPart(lines.value("bodypart", "bodypartexamined", "part")),
            side(lines.value("side", "laterality"))),
        plain(question),
        urgency(lines.value("urgency", "priority")),
        lines);
  }

  /** What the name of a folder says; null if it says nothing. */
  static @Nullable CaseData ofFolder(Path folder, Path where, LocalDate day) throws CaseProblem {
    Matcher named = FOLDER_NAME.matcher(String.valueOf(folder.getFileName()));
    if (!named.matches()) {
      return null;
    }
    String sex = named.group(4) == null ? "" : named.group(4);
    CaseFile lines =
        CaseFile.parse(
            "id="
                + named.group(1)
                + "\nname="
                + named.group(2)
                + "\nbirthdate="
                + named.group(3)
                + "\nsex="
                + sex);
    return of(lines, where, day, day);
  }

  /** The same for all files of a case, also after a restart. */
  private static String uid(Path where, String... facts) {
    String all = "heliograph-watch\n" + where + "\n" + String.join("\n", facts);
    return Uid.of(UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8))).value();
  }

  private static String line(String value, String name) throws CaseProblem {
    if (value.length() > LONGEST || value.indexOf('\\') >= 0) {
      throw new CaseProblem(name + " is longer than 64 letters, or has a backslash.");
    }
    return plain(value);
  }

  private static String plain(String value) {
    return value.replaceAll("\\p{Cntrl}", " ").strip();
  }

  /** {@code Doe^Jane} and {@code Doe, Jane}; else the whole name is the family's (PS3.5 6.2.1). */
  private static String name(String value) throws CaseProblem {
    if (value.length() > LONGEST_NAME || value.indexOf('\\') >= 0) {
      throw new CaseProblem("patient-name is too long, or has a backslash.");
    }
    int comma = value.indexOf(',');
    boolean two = comma > 0 && value.indexOf('^') < 0 && value.indexOf(',', comma + 1) < 0;
    String name =
        two ? value.substring(0, comma).strip() + "^" + value.substring(comma + 1).strip() : value;
    return plain(name);
  }

  private static String date(String value, String name, LocalDate today) throws CaseProblem {
    if (value.isEmpty()) {
      return "";
    }
    Matcher yearFirst = YEAR_FIRST.matcher(value);
    Matcher dayFirst = DAY_FIRST.matcher(value);
    try {
      LocalDate date = null;
      if (yearFirst.matches()) {
        date = day(yearFirst.group(1), yearFirst.group(2), yearFirst.group(3));
      } else if (dayFirst.matches()) {
        date = day(dayFirst.group(3), dayFirst.group(2), dayFirst.group(1));
      }
      if (date != null && date.getYear() > 1850 && !date.isAfter(today.plusDays(1))) {
        return DA.format(date);
      }
    } catch (DateTimeException e) {
      // answered below
    }
    throw new CaseProblem(name + " is no day; write it as 1980-12-31.");
  }

  private static LocalDate day(String year, String month, String day) {
    return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
  }

  private static String sex(String value) throws CaseProblem {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "", "unknown", "?" -> "";
      case "f", "female", "woman", "girl", "w" -> "F";
      case "m", "male", "man", "boy" -> "M";
      case "o", "other", "x" -> "O";
      default -> throw new CaseProblem("sex is F, M or O.");
    };
  }

  private static String side(String value) throws CaseProblem {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "" -> "";
      case "l", "left" -> "L";
      case "r", "right" -> "R";
      case "b", "both" -> "B";
      default -> throw new CaseProblem("side is left, right or both.");
    };
  }

  /** A word that is not known must not make an emergency a routine case. */
  private static @Nullable Urgency urgency(String value) throws CaseProblem {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "" -> null;
      case "emergency", "stat", "critical" -> Urgency.EMERGENCY;
      case "urgent", "high", "asap" -> Urgency.URGENT;
      case "routine", "normal", "low" -> Urgency.ROUTINE;
      default -> throw new CaseProblem("urgency is emergency, urgent or routine.");
    };
  }

  private static String bodyPart(String value) throws CaseProblem {
    String part = value.toUpperCase(Locale.ROOT);
    if (!part.matches("[A-Z0-9 _]{0,16}")) {
      throw new CaseProblem("body-part has other letters than A to Z, or more than 16.");
    }
    return part;
  }

  /** The whole question is the title of each file. */
  private static String shortened(String text) {
    String plain = plain(text).replace('\\', '/');
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST - 1).strip() + "…";
  }

  /** One of the hub's words for what a photo shows, or empty. */
  String view(String fileName) throws CaseProblem {
    String said = lines.ofFile("view", fileName);
    String text = (said.isEmpty() ? fileName : said).toLowerCase(Locale.ROOT);
    String letters = text.replaceAll("[^a-z]", "");
    if (letters.contains("oblique") || letters.contains("fromtheside")) {
      return "CLOSE_UP_OBLIQUE";
    }
    if (letters.contains("closeup")) {
      return "CLOSE_UP";
    }
    if (letters.contains("landmark")) {
      return "LANDMARK";
    }
    if (letters.contains("overview")) {
      return "OVERVIEW";
    }
    if (said.isEmpty() || letters.equals("other")) {
      return said.isEmpty() ? "" : "OTHER";
    }
    throw new CaseProblem("a view is overview, landmark, close-up, oblique or other.");
  }

  String title(String fileName) {
    String said = plain(lines.ofFile("title", fileName));
    String title = said.isEmpty() ? question : said;
    return title.length() <= LONGEST_QUESTION ? title : title.substring(0, LONGEST_QUESTION);
  }
}
