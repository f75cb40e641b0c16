package org.heliograph.reader.gateways;

import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.heliograph.reader.access.AttemptLimit;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditOutcome;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.stereotype.Component;

/**
 * Tokens and codes that are not valid: each is on the audit trail, but after {@link #FAILURES} in a
 * minute from one address further ones are answered 429 and no longer recorded. Valid ones are
 * taken even then.
 */
@Component
final class RefusedCredentials {
  static final int FAILURES = 20;

  private final AuditTrail audit;
  private final AttemptLimit badOnes;

  RefusedCredentials(AuditTrail audit, InstantSource clock) {
    this.audit = audit;
    this.badOnes = new AttemptLimit(clock, FAILURES);
  }

  /** The answer to one that is not valid. */
  ProblemException refused(HttpServletRequest request, String actor, ProblemCode code) {
    String address = request.getRemoteAddr();
    if (badOnes.isPaused(address)) {
      return new ProblemException(ProblemCode.TOO_MANY_GATEWAY_TOKENS);
    }
    badOnes.failed(address);
    audit.record(
        AuditEvent.of(AuditKind.USER_AUTHENTICATION, AuditAction.EXECUTE)
            .outcome(AuditOutcome.SERIOUS_FAILURE)
            .detail("GATEWAY_REFUSED")
            .by(null, actor)
            .from(address));
    return new ProblemException(code);
  }
}
