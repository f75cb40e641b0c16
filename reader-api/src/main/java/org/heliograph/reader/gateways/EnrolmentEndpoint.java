package org.heliograph.reader.gateways;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.heliograph.node.link.Enrolment;
import org.heliograph.node.link.LinkPaths;
import org.heliograph.reader.access.AttemptLimit;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;

/** {@code /api/gateway/enrolment}: a code becomes a gateway of its site. */
@RestController
class EnrolmentEndpoint {
  private static final Logger log = LoggerFactory.getLogger(EnrolmentEndpoint.class);

  private final EnrolmentCodes codes;
  private final Sites sites;
  private final ReceiptKey key;
  private final RefusedCredentials refused;
  private final AuditTrail audit;

  EnrolmentEndpoint(
      EnrolmentCodes codes,
      Sites sites,
      ReceiptKey key,
      RefusedCredentials refused,
      AuditTrail audit) {
    this.codes = codes;
    this.sites = sites;
    this.key = key;
    this.refused = refused;
    this.audit = audit;
  }

  @PostMapping(LinkPaths.ENROLMENT)
  Enrolment.Answer enrol(
      @RequestBody byte[] body, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Gateway gateway = codes.redeem(read(body)).orElse(null);
    if (gateway == null) {
      ProblemException problem =
          refused.refused(request, "?", ProblemCode.ENROLMENT_CODE_NOT_VALID);
      if (problem.code() == ProblemCode.TOO_MANY_GATEWAY_TOKENS) {
        response.setHeader("Retry-After", Long.toString(AttemptLimit.WINDOW.toSeconds()));
      }
      throw problem;
    }
    audit.record(
        AuditEvent.of(AuditKind.SECURITY_ALERT, AuditAction.CREATE)
            .about("gateway", gateway.id())
            .detail("ENROLLED")
            .by(null, "gateway " + gateway.name()));
    log.info("event=gateway.enrolled gateway={}", gateway.id());
    Site site = sites.byId(gateway.siteId()).orElseThrow();
    return new Enrolment.Answer(gateway.id(), site.code(), site.name(), key.publicKey());
  }

  private static Enrolment.Request read(byte[] body) {
    try {
      Enrolment.Request request = LinkJson.read(body, Enrolment.Request.class);
      // The mapper leaves what is missing null.
      if (((Object) request) != null
          && ((Object) request.code()) != null
          && ((Object) request.token()) != null
          && ((Object) request.gatewayName()) != null
          && ((Object) request.software()) != null
          && request.code().length() <= 200) {
        return request;
      }
    } catch (JacksonException e) {
      // Said below; what was sent is not repeated.
    }
    throw new ProblemException(ProblemCode.MALFORMED_REQUEST, "This is no request to enrol.");
  }
}
