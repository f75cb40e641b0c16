package org.heliograph.reader.admin;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.heliograph.reader.UsageException;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.hl7.DeadLetter;
import org.heliograph.reader.hl7.DeadLetters;
import org.heliograph.reader.hl7.Hl7Source;
import org.heliograph.reader.hl7.Hl7Sources;
import org.heliograph.reader.hl7.InboundMessages;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;

/** Who sends orders by HL7, and what became of messages that could not be applied. */
final class Hl7Commands {
  private final Sites sites;
  private final Hl7Sources sources;
  private final DeadLetters letters;
  private final InboundMessages messages;
  private final AuditTrail audit;

  Hl7Commands(DataSource database) {
    this.sites = Sites.over(database);
    this.sources = Hl7Sources.over(database);
    this.letters = DeadLetters.over(database);
    this.messages = InboundMessages.over(database, InstantSource.system());
    this.audit = AuditTrail.over(database);
  }

  Answer run(Request request) {
    return switch (request.verb()) {
      case "hl7 add" -> add(request);
      case "hl7 list" ->
          new Answer(
              sources.all().stream().map(this::view).toList(),
              orNone(sources.all().stream().map(this::line).toList()));
      case "hl7 remove" -> remove(request);
      case "hl7 dead-letters list" ->
          new Answer(
              letters.open().stream().map(Hl7Commands::view).toList(),
              orNone(letters.open().stream().map(Hl7Commands::line).toList()));
      case "hl7 dead-letters show" -> show(number(request));
      case "hl7 dead-letters retry" -> retry(number(request));
      case "hl7 dead-letters drop" -> drop(number(request));
      default -> throw new UsageException("Unknown command: " + request.verb());
    };
  }

  private Answer add(Request request) {
    String code = request.word(0);
    Site site =
        sites.byCode(code).orElseThrow(() -> new ProblemException(ProblemCode.SITE_UNKNOWN, code));
    Hl7Source source =
        sources.add(
            site.id(), request.word(1), request.word(2), request.option("--issuer").orElse(""));
    record("hl7-source", source.id(), AuditKind.SECURITY_ALERT, AuditAction.UPDATE);
    return Answer.of(view(source), line(source));
  }

  private Answer remove(Request request) {
    if (!sources.remove(request.word(0), request.word(1))) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "application", "not registered");
    }
    record("hl7-source", request.word(0), AuditKind.SECURITY_ALERT, AuditAction.DELETE);
    return Answer.of(Map.of("removed", request.word(0)), "removed  " + request.word(0));
  }

  /** Told on the console only, and who looked is on the audit trail. */
  private Answer show(long number) {
    String text = new String(letters.message(number), StandardCharsets.UTF_8);
    record("dead-letter", number, AuditKind.PATIENT_RECORD, AuditAction.READ);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", number);
    view.put("message", text);
    return new Answer(view, text.replace("\r\n", "\n").replace('\r', '\n').lines().toList());
  }

  private Answer retry(long number) {
    Optional<ProblemCode> refused = messages.retry(number);
    record("dead-letter", number, AuditKind.ORDER_RECORD, AuditAction.EXECUTE);
    if (refused.isPresent()) {
      throw new ProblemException(refused.get());
    }
    return Answer.of(Map.of("id", number, "applied", true), "applied  " + number);
  }

  private Answer drop(long number) {
    letters.drop(number);
    record("dead-letter", number, AuditKind.ORDER_RECORD, AuditAction.DELETE);
    return Answer.of(Map.of("id", number, "dropped", true), "dropped  " + number);
  }

  private void record(String kind, Object id, AuditKind event, AuditAction action) {
    audit.record(
        AuditEvent.of(event, action)
            .about(kind, id)
            .detail("ADMIN_COMMAND")
            .by(null, "console")
            .from("127.0.0.1"));
  }

  private static long number(Request request) {
    try {
      return Long.parseLong(request.word(0));
    } catch (NumberFormatException e) {
      throw new UsageException("The number of a dead letter is a number, as listed.");
    }
  }

  private Map<String, Object> view(Hl7Source source) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("application", source.application());
    view.put("facility", source.facility());
    view.put("site", sites.byId(source.siteId()).orElseThrow().code());
    view.put("issuer", source.issuer());
    return view;
  }

  private String line(Hl7Source source) {
    return source.application()
        + "  "
        + source.facility()
        + "  "
        + sites.byId(source.siteId()).orElseThrow().code()
        + (source.issuer().isEmpty() ? "" : "  " + source.issuer());
  }

  private static Map<String, Object> view(DeadLetter letter) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", letter.id());
    view.put("receivedAt", letter.receivedAt());
    view.put("peer", letter.peer());
    view.put("bytes", letter.byteCount());
    view.put("code", letter.reasonCode());
    view.put("reason", letter.reason());
    view.put("attempts", letter.attempts());
    return view;
  }

  private static String line(DeadLetter letter) {
    return letter.id()
        + "  "
        + letter.receivedAt()
        + "  "
        + letter.peer()
        + "  "
        + letter.byteCount()
        + " bytes  "
        + letter.reasonCode()
        + "  "
        + letter.reason();
  }

  private static List<String> orNone(List<String> lines) {
    return lines.isEmpty() ? List.of("none") : lines;
  }
}
