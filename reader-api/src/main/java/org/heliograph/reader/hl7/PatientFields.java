package org.heliograph.reader.hl7;

import ca.uhn.hl7v2.HL7Exception;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heliograph.dicom.data.DicomDate;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.reader.hl7.Segments.Fields;
import org.heliograph.reader.orders.OrderedPatient;
import org.jspecify.annotations.Nullable;

/** The patient of PID. */
final class PatientFields {
  private static final int LONGEST_GROUP = 64;

  private PatientFields() {}

  static OrderedPatient of(Fields pid, String defaultIssuer) throws HL7Exception, RefusedException {
    PersonName name = name(pid);
    if (name.isEmpty()) {
      throw new RefusedException(Refusal.FIELD_MISSING, "PID-5");
    }
    String id = clean(pid.text(3, 1));
    if (id.isEmpty()) {
      throw new RefusedException(Refusal.FIELD_MISSING, "PID-3");
    }
    if (id.length() > 64) {
      throw new RefusedException(Refusal.FIELD_INVALID, "PID-3");
    }
    String namespace = clean(pid.text(3, 0, 4, 1));
    String universal = clean(pid.text(3, 0, 4, 2));
    String issuer = namespace.isEmpty() ? universal : namespace;
    return new OrderedPatient(
        name,
        id,
        shortened(issuer.isEmpty() ? defaultIssuer : issuer),
        birthDate(pid.text(7)),
        switch (pid.text(8)) {
          case "F" -> "F";
          case "M" -> "M";
          case "O", "A" -> "O";
          default -> "";
        });
  }

  /** Repetitions of PID-5 by their representation: A alphabetic, I ideographic, P phonetic. */
  private static PersonName name(Fields pid) throws HL7Exception {
    PersonName.Group alphabetic = PersonName.Group.EMPTY;
    PersonName.Group ideographic = PersonName.Group.EMPTY;
    PersonName.Group phonetic = PersonName.Group.EMPTY;
    for (int i = 0; i < pid.repetitions(5); i++) {
      PersonName.Group group = group(pid, 5, i);
      switch (pid.text(5, i, 8, 1)) {
        case "I" -> ideographic = ideographic.isEmpty() ? group : ideographic;
        case "P" -> phonetic = phonetic.isEmpty() ? group : phonetic;
        default -> alphabetic = alphabetic.isEmpty() ? group : alphabetic;
      }
    }
    return new PersonName(alphabetic, ideographic, phonetic);
  }

  private static PersonName.Group group(Fields segment, int field, int repetition)
      throws HL7Exception {
    return fitting(
        clean(segment.text(field, repetition, 1, 1)),
        clean(segment.text(field, repetition, 2, 1)),
        clean(segment.text(field, repetition, 3, 1)),
        clean(segment.text(field, repetition, 5, 1)),
        Stream.of(segment.text(field, repetition, 4, 1), segment.text(field, repetition, 6, 1))
            .map(PatientFields::clean)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" ")));
  }

  /** A group has 64 characters: prefix, suffix and middle name go before the name is cut. */
  private static PersonName.Group fitting(
      String family, String given, String middle, String prefix, String suffix) {
    var whole = new PersonName.Group(family, given, middle, prefix, suffix);
    if (whole.value().length() <= LONGEST_GROUP) {
      return whole;
    }
    int left = Math.max(LONGEST_GROUP / 2, LONGEST_GROUP - 1 - given.length());
    String kept = cut(family, left);
    return new PersonName.Group(kept, cut(given, LONGEST_GROUP - 1 - kept.length()), "", "", "");
  }

  /** A physician of an XCN field as a PN value, or empty. */
  static String physician(Fields segment, int field) throws HL7Exception {
    return fitting(
            clean(segment.text(field, 0, 2, 1)),
            clean(segment.text(field, 0, 3, 1)),
            clean(segment.text(field, 0, 4, 1)),
            clean(segment.text(field, 0, 6, 1)),
            clean(segment.text(field, 0, 5, 1)))
        .value();
  }

  private static @Nullable LocalDate birthDate(String text) throws RefusedException {
    if (text.length() < 8) {
      return null; // a year alone is no DICOM date
    }
    return DicomDate.parse(text.substring(0, 8))
        .map(DicomDate::value)
        .orElseThrow(() -> new RefusedException(Refusal.FIELD_INVALID, "PID-7"));
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest).strip();
  }

  private static String shortened(String issuer) {
    return cut(issuer, 64);
  }

  /** Without what delimits values, groups and components of DICOM names. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c == '^' || c == '=' || c == '\\' || Character.isISOControl(c) ? ' ' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString().strip();
  }
}
