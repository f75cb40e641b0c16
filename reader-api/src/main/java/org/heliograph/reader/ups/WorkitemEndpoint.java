package org.heliograph.reader.ups;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.heliograph.archive.catalog.QueryLevel;
import org.heliograph.archive.catalog.SearchAnswer;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.dicomweb.SearchRequest;
import org.heliograph.reader.dicomweb.SearchResponse;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.ups.WorkitemCommands.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** {@code /dicomweb/workitems}: UPS-RS (PS3.18 11.4 to 11.9). */
@RestController
@RequestMapping("/dicomweb/workitems")
class WorkitemEndpoint {
  private static final String MODIFIED = "The Workitem was created with modifications.";
  private static final String MORE =
      "The number of results exceeded the maximum supported by the server. Additional results can"
          + " be requested.";

  /** Made for the answer, so not compared. */
  private static final Set<Integer> NOT_MATCHED =
      Set.of(Tag.InputInformationSequence, Tag.OutputInformationSequence);

  private final WorkitemCommands commands;
  private final WorkitemSearch search;
  private final WorkitemRows rows;
  private final WorkitemInformation information;
  private final CurrentPerson currentPerson;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;

  WorkitemEndpoint(
      WorkitemCommands commands,
      WorkitemSearch search,
      WorkitemRows rows,
      WorkitemInformation information,
      CurrentPerson currentPerson,
      AuditTrail audit,
      TransactionTemplate transaction) {
    this.commands = commands;
    this.search = search;
    this.rows = rows;
    this.information = information;
    this.currentPerson = currentPerson;
    this.audit = audit;
    this.transaction = transaction;
  }

  @PostMapping
  void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var person = currentPerson.require(Role.CLINIC, Role.COORDINATOR);
    String asked =
        UpsParameters.uid(request.getParameterMap(), "workitem", "AffectedSOPInstanceUID");
    Dataset given = WorkitemBody.read(request);
    String told = given.string(Tag.SOPInstanceUID).orElse(null);
    if (asked != null && told != null && !asked.equals(told)) {
      throw new ProblemException(ProblemCode.UPS_ATTRIBUTE, "two different UIDs are given");
    }
    String uid = asked != null ? asked : told != null ? told : Uid.create().value();
    var made =
        recorded(
            AuditAction.CREATE, uid, "create", response, () -> commands.create(person, uid, given));
    response.setStatus(HttpServletResponse.SC_CREATED);
    response.setHeader("Location", base(request) + "/workitems/" + uid);
    boolean modified = made.dataset().stream().anyMatch(element -> !given.contains(element.tag()));
    warn(response, modified || (asked == null && told == null) ? MODIFIED : null);
  }

  @GetMapping("/{workitem}")
  void retrieve(
      @PathVariable("workitem") String uid,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    boolean xml = WorkitemBody.isXmlWanted(request);
    var person = currentPerson.require();
    String base = base(request);
    Dataset answer =
        recorded(
            AuditAction.READ,
            uid,
            "retrieve",
            response,
            () ->
                information.answer(
                    rows.visible(uid, person.id())
                        .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND)),
                    base));
    WorkitemBody.write(xml, answer, response);
  }

  @PostMapping("/{workitem}")
  void update(
      @PathVariable("workitem") String uid,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var person = currentPerson.require();
    Dataset changes = WorkitemBody.read(request);
    String asked =
        UpsParameters.uid(
            request.getParameterMap(), "transaction-uid", "transaction", "TransactionUID");
    String lock = asked == null ? changes.string(Tag.TransactionUID).orElse(null) : asked;
    recorded(
        AuditAction.UPDATE,
        uid,
        "update",
        response,
        () -> {
          commands.update(person, uid, lock, changes);
          return true;
        });
    response.setHeader("Content-Location", base(request) + "/workitems/" + uid);
  }

  @PutMapping("/{workitem}/state")
  void changeState(
      @PathVariable("workitem") String uid,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var person = currentPerson.require();
    Dataset wanted = WorkitemBody.read(request);
    String lock = wanted.string(Tag.TransactionUID).orElse(null);
    if (lock != null && !Uid.isValid(lock)) {
      throw new ProblemException(ProblemCode.UPS_ATTRIBUTE, "the Transaction UID is not a UID");
    }
    // PS3.18 11.7.1.4 itself spells it with two L.
    String text = wanted.string(Tag.ProcedureStepState, "").replace("CANCELLED", "CANCELED");
    var state =
        WorkitemState.of(text)
            .orElseThrow(() ->
                new ProblemException(
                    ProblemCode.UPS_ATTRIBUTE,
                    "the state is not IN PROGRESS, COMPLETED or CANCELED"));
    Outcome outcome =
        recorded(
            AuditAction.UPDATE,
            uid,
            state.text(),
            response,
            () -> commands.change(person, uid, state, lock));
    warn(response, outcome.warning());
  }

  @PostMapping("/{workitem}/cancelrequest")
  void requestCancellation(
      @PathVariable("workitem") String uid,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var person = currentPerson.require();
    Dataset reasons = WorkitemBody.readOptional(request);
    Outcome outcome =
        recorded(
            AuditAction.UPDATE,
            uid,
            "cancelrequest",
            response,
            () -> commands.requestCancellation(person, uid, reasons));
    response.setStatus(HttpServletResponse.SC_ACCEPTED);
    warn(response, outcome.warning());
  }

  @GetMapping
  void search(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var form = SearchResponse.form(request);
    var person = currentPerson.require();
    var asked = SearchRequest.of(QueryLevel.STUDY, Map.of(), request.getParameterMap());
    audit.record(AuditEvent.of(AuditKind.QUERY, AuditAction.EXECUTE).about("workitems", "search"));
    var ignored =
        asked.itemMatches().keySet().stream()
            .filter(NOT_MATCHED::contains)
            .collect(java.util.stream.Collectors.toUnmodifiableSet());
    var found = search.search(person, asked, base(request));
    if (found.more() && asked.wanted() > asked.limit()) {
      warn(response, MORE);
    }
    SearchResponse.write(
        form,
        asked,
        new SearchAnswer(found.answers(), null, OptionalLong.empty(), ignored),
        found.answers(),
        response);
  }

  /** The work and its line of the audit trail in one transaction. */
  private <T> T recorded(
      AuditAction action, String uid, String what, HttpServletResponse response, Supplier<T> work) {
    response.setHeader("Cache-Control", "no-store");
    T done =
        transaction.execute(_ -> {
          T result = work.get();
          audit.record(
              AuditEvent.of(AuditKind.PROCEDURE_RECORD, action)
                  .about("workitem", uid)
                  .detail(what));
          return result;
        });
    return java.util.Objects.requireNonNull(done);
  }

  static String base(HttpServletRequest request) {
    return ServletUriComponentsBuilder.fromContextPath(request).path("/dicomweb").toUriString();
  }

  static void warn(HttpServletResponse response, @Nullable String warning) {
    if (warning != null) {
      response.addHeader("Warning", UpsProblems.header(warning));
    }
  }
}
