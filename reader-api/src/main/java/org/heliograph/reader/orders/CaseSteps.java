package org.heliograph.reader.orders;

import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseObserver;
import org.heliograph.reader.cases.CasePatient;
import org.heliograph.reader.cases.CaseRequest;
import org.heliograph.reader.cases.Laterality;
import org.heliograph.reader.sites.Sites;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A case whose request expects an X-ray is a step of its clinic's worklist, from the draft on until
 * the study is there or the case wants none any more.
 */
@Component
class CaseSteps implements CaseObserver {
  /** What an X-ray machine calls itself is known by none who asks for an X-ray. */
  private static final List<String> XRAY = List.of("DX", "CR");

  private final StepRows steps;
  private final Sites sites;

  CaseSteps(JdbcClient sql, Sites sites) {
    this.steps = new StepRows(sql);
    this.sites = sites;
  }

  @Override
  public void changed(CaseFile after) {
    boolean arrived = after.images().sentCount() > 0;
    if (after.hasRequest() && after.request().expectXray() && !arrived && isOpen(after)) {
      steps.refresh(List.of(offer(after)));
    } else {
      steps.settle(after.id().value(), arrived).ifPresent(step -> steps.refresh(List.of(step)));
    }
  }

  private static boolean isOpen(CaseFile file) {
    return switch (file.state()) {
      case DRAFT, SUBMITTED, RECEIVING, WAITING, CLAIMED, NEEDS_INFO -> true;
      case REPORTED, FINAL, DELIVERED, ACKNOWLEDGED, AMENDED, REJECTED, CANCELLED -> false;
    };
  }

  private java.util.UUID offer(CaseFile file) {
    CaseRequest request = file.request();
    String accession = ItemText.line(request.accessionNumber(), 16);
    var step =
        new OrderedStep("", file.number(), "", CodedText.NONE, XRAY, List.of(), "", "", null, "");
    var order =
        new OrderedProcedure(
            new OrderedProcedure.OrderNumbers("", ""),
            patient(file),
            accession,
            null,
            file.number(),
            description(request),
            CodedText.NONE,
            switch (request.urgency()) {
              case EMERGENCY -> "STAT";
              case URGENT -> "HIGH";
              case ROUTINE -> "ROUTINE";
            },
            request.question(),
            "",
            OrderedProcedure.Visit.NONE,
            List.of(step));
    return steps.upsert(
        file.siteId(),
        file.id().value(),
        file.number(),
        accession,
        Uid.create().value(),
        LocalDateTime.ofInstant(file.createdAt(), sites.timeZone(file.siteId())),
        WorklistItem.of(order, step, file.number()));
  }

  /** A worklist item has a name and an ID: where the clinic knows none, the case's number helps. */
  private static OrderedPatient patient(CaseFile file) {
    CasePatient patient = file.patient();
    String family = ItemText.line(patient.familyName(), 64);
    String given = ItemText.line(patient.givenName(), 64);
    return new OrderedPatient(
        PersonName.of(family.isEmpty() && given.isEmpty() ? "UNKNOWN" : family, given),
        patient.id().isBlank() ? file.number() : patient.id(),
        patient.issuer(),
        patient.birthDate(),
        patient.sex());
  }

  private static String description(CaseRequest request) {
    return Stream.of("X-ray", request.bodyPart(), side(request.laterality()))
        .filter(part -> !part.isBlank())
        .collect(Collectors.joining(" "));
  }

  private static String side(@org.jspecify.annotations.Nullable Laterality laterality) {
    return switch (laterality) {
      case R -> "right";
      case L -> "left";
      case B -> "both sides";
      case U -> "unpaired";
      case null -> "";
    };
  }
}
