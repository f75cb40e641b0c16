package org.heliograph.reader.gateways;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.node.link.GatewayStatus;
import org.heliograph.node.link.LinkPaths;
import org.heliograph.node.link.PerformedStepReport;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.orders.GatewaySteps;
import org.heliograph.reader.orders.GatewayWorklist;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import tools.jackson.core.JacksonException;

/** {@code /api/gateway}: how a gateway is, and what it fetches for its clinic. */
@RestController
class GatewayEndpoint {
  private static final int LONGEST_STATUS = 4096;
  private static final MediaType DICOM_JSON = MediaType.valueOf("application/dicom+json");

  private final CurrentGateway currentGateway;
  private final Gateways gateways;
  private final Configurations configurations;
  private final GatewayWorklist worklist;
  private final GatewaySteps steps;
  private final AuditTrail audit;

  GatewayEndpoint(
      CurrentGateway currentGateway,
      Gateways gateways,
      Configurations configurations,
      GatewayWorklist worklist,
      GatewaySteps steps,
      AuditTrail audit) {
    this.currentGateway = currentGateway;
    this.gateways = gateways;
    this.configurations = configurations;
    this.worklist = worklist;
    this.steps = steps;
    this.audit = audit;
  }

  @PutMapping(LinkPaths.STATUS)
  ResponseEntity<Void> status(@RequestBody byte[] body) {
    Gateway gateway = currentGateway.require();
    GatewayStatus status = read(body, GatewayStatus.class);
    if (body.length > LONGEST_STATUS
        || ((Object) status.software()) == null
        || ((Object) status.startedAt()) == null
        || status.software().indexOf('\0') >= 0) {
      throw new ProblemException(ProblemCode.MALFORMED_REQUEST, "This is no status.");
    }
    gateways.keepStatus(gateway.id(), LinkJson.mapper().writeValueAsString(status));
    return ResponseEntity.noContent().build();
  }

  @GetMapping(LinkPaths.CONFIGURATION)
  ResponseEntity<String> configuration(WebRequest request) {
    var configuration = configurations.of(currentGateway.require());
    if (request.checkNotModified("\"" + configuration.version() + "\"")) {
      return ResponseEntity.status(304).build();
    }
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(configuration.json());
  }

  /** The open steps of the site; asked for anew only when they changed. */
  @GetMapping(LinkPaths.WORKLIST)
  ResponseEntity<byte[]> worklist(WebRequest request) {
    Gateway gateway = currentGateway.require();
    String version = worklist.version(gateway.siteId());
    if (request.checkNotModified("\"" + version + "\"")) {
      return ResponseEntity.status(304).build();
    }
    audit.record(AuditEvent.of(AuditKind.QUERY, AuditAction.EXECUTE).about("gateway", "WORKLIST"));
    return ResponseEntity.ok()
        .contentType(DICOM_JSON)
        .body(worklist.json(gateway.siteId()).getBytes(StandardCharsets.UTF_8));
  }

  @PutMapping(LinkPaths.BASE + "/performed-steps/{uid}")
  ResponseEntity<Void> performedStep(
      @PathVariable("uid") String uid, @RequestBody byte[] body, HttpServletRequest request)
      throws IOException {
    Gateway gateway = currentGateway.require();
    if (!Uid.isValid(uid)) {
      throw new ProblemException(ProblemCode.STEP_NOT_TAKEN, "The UID is not one");
    }
    PerformedStepReport report = read(body, PerformedStepReport.class);
    if (((Object) report.callingAe()) == null || ((Object) report.attributes()) == null) {
      throw new ProblemException(ProblemCode.STEP_NOT_TAKEN, "The report is not complete");
    }
    var step = SopInstanceUid.of(uid);
    if (steps.keep(gateway.siteId(), step, report)) {
      audit.record(
          AuditEvent.of(AuditKind.PROCEDURE_RECORD, AuditAction.UPDATE)
              .about("performed-step", uid)
              .from(request.getRemoteAddr()));
    }
    return ResponseEntity.noContent().build();
  }

  private static <T> T read(byte[] body, Class<T> type) {
    try {
      T value = LinkJson.read(body, type);
      // The mapper reads null from "null".
      if (((Object) value) != null) {
        return value;
      }
    } catch (JacksonException e) {
      // Said below; what was sent is not repeated.
    }
    throw new ProblemException(
        ProblemCode.MALFORMED_REQUEST, "It does not follow the form expected here.");
  }
}
