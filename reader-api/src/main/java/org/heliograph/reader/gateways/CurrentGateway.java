package org.heliograph.reader.gateways;

import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The gateway that asks, read from the database with each request. */
@Component
public final class CurrentGateway {
  /** The gateway; a request of anybody else ends as 401 (TR-0500). */
  public Gateway require() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null && authentication.getPrincipal() instanceof GatewayActor actor) {
      return actor.gateway();
    }
    throw new ProblemException(ProblemCode.GATEWAY_UNKNOWN);
  }
}
