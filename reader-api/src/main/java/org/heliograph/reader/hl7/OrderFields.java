package org.heliograph.reader.hl7;

import ca.uhn.hl7v2.HL7Exception;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.DicomDate;
import org.heliograph.dicom.data.DicomTime;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.hl7.Segments.Fields;
import org.heliograph.reader.orders.CodedText;
import org.heliograph.reader.orders.OrderedPatient;
import org.heliograph.reader.orders.OrderedProcedure;
import org.heliograph.reader.orders.OrderedProcedure.OrderNumbers;
import org.heliograph.reader.orders.OrderedProcedure.Visit;
import org.heliograph.reader.orders.OrderedStep;
import org.jspecify.annotations.Nullable;

/** What one ORC with its OBR, TQ1, IPC, ZDS, OBX and NTE says. */
final class OrderFields {
  private static final int SHORT_STRING = 16;

  private final Fields orc;
  private final Fields obr;
  private final List<Fields> steps;
  private final @Nullable Fields timing;
  private final @Nullable Fields study;
  private final List<Fields> order;
  private final @Nullable Fields visit;

  OrderFields(List<Fields> order, @Nullable Fields visit) throws RefusedException {
    this.order = order;
    this.orc = order.getFirst();
    this.obr =
        Segments.first(order, "OBR")
            .orElseThrow(() -> new RefusedException(Refusal.FIELD_MISSING, "OBR"));
    this.steps = order.stream().filter(each -> each.name().equals("IPC")).toList();
    this.timing = Segments.first(order, "TQ1").orElse(null);
    this.study = Segments.first(order, "ZDS").orElse(null);
    this.visit = visit;
  }

  OrderedProcedure procedure(OrderedPatient patient, OrderNumbers numbers)
      throws HL7Exception, RefusedException {
    CodedText code = coded(obr, 44);
    CodedText service = coded(obr, 4);
    String accession = either(ipc(1), obr.text(18));
    if (accession.isEmpty() && numbers.filler().length() <= SHORT_STRING) {
      accession = numbers.filler().indexOf('^') < 0 ? numbers.filler() : "";
    }
    return new OrderedProcedure(
        numbers,
        patient,
        shortString(accession, "OBR-18"),
        uid(),
        own(either(ipc(2), obr.text(19))),
        "",
        code.equals(CodedText.NONE) ? service : code,
        priority(),
        either(obr.text(31, 2), obr.text(31, 1)),
        obr.text(13),
        new Visit(
            visit == null ? "" : visit.text(19),
            visit == null ? "" : visit.text(3),
            visit == null ? "" : PatientFields.physician(visit, 8),
            either(PatientFields.physician(obr, 16), PatientFields.physician(orc, 12)),
            obr.text(30),
            either(obr.text(12, 2), obr.text(12, 1)),
            "",
            notes(),
            weight()),
        steps(service));
  }

  private List<OrderedStep> steps(CodedText service) throws HL7Exception, RefusedException {
    CodedText protocol =
        obr.text(4, 4).isEmpty()
            ? service
            : new CodedText(obr.text(4, 4), obr.text(4, 6), obr.text(4, 5));
    if (steps.isEmpty()) {
      return List.of(
          new OrderedStep(
              key(obr.text(20), 0),
              own(obr.text(20)),
              "",
              protocol,
              List.of(modality(obr.text(24), "OBR-24")),
              List.of(),
              "",
              "",
              start(),
              performer()));
    }
    List<OrderedStep> all = new ArrayList<>();
    for (Fields ipc : steps) {
      CodedText own = coded(ipc, 6);
      String named = either(ipc.text(5), obr.text(24));
      all.add(
          new OrderedStep(
              key(ipc.text(4), all.size()),
              own(ipc.text(4)),
              "",
              own.equals(CodedText.NONE) ? protocol : own,
              List.of(modality(named, "IPC-5")),
              station(ipc.text(9)),
              ipc.text(7),
              ipc.text(8),
              start(),
              performer()));
    }
    if (all.stream().map(OrderedStep::key).distinct().count() < all.size()) {
      throw new RefusedException(Refusal.FIELD_INVALID, "IPC-4");
    }
    return all;
  }

  private static String key(String stepId, int index) throws RefusedException {
    if (stepId.length() > 64) {
      throw new RefusedException(Refusal.FIELD_INVALID, "IPC-4");
    }
    return stepId.isEmpty() ? "#" + index : stepId;
  }

  /** An ID that a modality can hold; a longer one is replaced by one of ours. */
  private static String own(String id) {
    return id.length() <= SHORT_STRING && id.indexOf('\\') < 0 ? id : "";
  }

  private static String shortString(String text, String place) throws RefusedException {
    if (text.length() > SHORT_STRING || text.indexOf('\\') >= 0) {
      throw new RefusedException(Refusal.FIELD_INVALID, place);
    }
    return text;
  }

  private String ipc(int field) throws HL7Exception {
    return steps.isEmpty() ? "" : steps.getFirst().text(field);
  }

  private static String either(String preferred, String other) {
    return preferred.isEmpty() ? other : preferred;
  }

  private @Nullable String uid() throws HL7Exception, RefusedException {
    String uid = ipc(3);
    String place = "IPC-3";
    if (uid.isEmpty() && study != null) {
      uid = study.text(1);
      place = "ZDS-1";
    }
    if (uid.isEmpty()) {
      return null;
    }
    if (!Uid.isValid(uid)) {
      throw new RefusedException(Refusal.FIELD_INVALID, place);
    }
    return uid;
  }

  private static String modality(String code, String place) throws RefusedException {
    if (code.isEmpty()) {
      throw new RefusedException(Refusal.FIELD_MISSING, place);
    }
    if (!code.matches("[A-Z][A-Z0-9]{1,15}")) {
      throw new RefusedException(Refusal.FIELD_INVALID, place);
    }
    return code;
  }

  private static List<String> station(String aeTitle) throws RefusedException {
    try {
      return aeTitle.isEmpty() ? List.of() : List.of(new AeTitle(aeTitle).value());
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Refusal.FIELD_INVALID, "IPC-9", e);
    }
  }

  private String performer() throws HL7Exception {
    String family = obr.text(34, 0, 1, 2);
    return family.isEmpty()
        ? PatientFields.physician(obr, 34)
        : (family + "^" + obr.text(34, 0, 1, 3)).replaceAll("\\^$", "");
  }

  /** TQ1-7, else OBR-27.4, else OBR-36, else ORC-7.4; of the clinic's clock. */
  private @Nullable LocalDateTime start() throws HL7Exception, RefusedException {
    String text = timing == null ? "" : timing.text(7);
    String place = "TQ1-7";
    if (text.isEmpty()) {
      text = obr.text(27, 4);
      place = "OBR-27";
    }
    if (text.isEmpty()) {
      text = obr.text(36);
      place = "OBR-36";
    }
    if (text.isEmpty()) {
      text = orc.text(7, 4);
      place = "ORC-7";
    }
    if (text.isEmpty()) {
      return null;
    }
    // An offset is that of the clinic, whose clock the time is of.
    String digits = text.replaceAll("[+-][0-9]{4}$", "");
    if (digits.length() < 8) {
      throw new RefusedException(Refusal.FIELD_INVALID, place);
    }
    var date = DicomDate.parse(digits.substring(0, 8)).map(DicomDate::value);
    String clock = digits.substring(8).replaceAll("\\..*$", "");
    var time =
        clock.isEmpty()
            ? java.util.Optional.of(LocalTime.MIDNIGHT)
            : DicomTime.parse(clock).map(DicomTime::earliest);
    if (date.isEmpty() || time.isEmpty()) {
      throw new RefusedException(Refusal.FIELD_INVALID, place);
    }
    return date.get().atTime(time.get());
  }

  /** TQ1-9, else OBR-27.6, else ORC-7.6, else OBR-5 (HL7 table 0485). */
  private String priority() throws HL7Exception {
    String code = timing == null ? "" : timing.text(9);
    for (String other : List.of(obr.text(27, 6), orc.text(7, 6), obr.text(5))) {
      code = either(code, other);
    }
    return switch (code) {
      case "S", "STAT" -> "STAT";
      case "A", "ASAP", "C", "P", "HIGH" -> "HIGH";
      case "T", "MEDIUM" -> "MEDIUM";
      case "LOW" -> "LOW";
      default -> "ROUTINE";
    };
  }

  private String notes() throws HL7Exception {
    List<String> notes = new ArrayList<>();
    for (Fields segment : order) {
      if (segment.name().equals("NTE") && !segment.text(3).isEmpty()) {
        notes.add(segment.text(3));
      }
    }
    return notes.stream().collect(Collectors.joining(" "));
  }

  /** An OBX that calls itself a body weight in kg. */
  private String weight() throws HL7Exception {
    for (Fields segment : order) {
      boolean isWeight =
          segment.name().equals("OBX")
              && (segment.text(3, 2).equalsIgnoreCase("Body Weight")
                  || segment.text(3, 1).equals("29463-7")
                  || segment.text(3, 1).equals("3141-9"));
      if (isWeight
          && segment.text(6).equalsIgnoreCase("kg")
          && segment.text(5).matches("[0-9]{1,3}(\\.[0-9]{1,3})?")) {
        return segment.text(5);
      }
    }
    return "";
  }

  private static CodedText coded(Fields segment, int field) throws HL7Exception {
    return new CodedText(segment.text(field, 1), segment.text(field, 3), segment.text(field, 2));
  }
}
