package org.heliograph.reader.gateways;

import java.util.UUID;
import org.heliograph.reader.audit.AuditActor;
import org.jspecify.annotations.Nullable;

/** The gateway whose token came with a request. */
record GatewayActor(Gateway gateway) implements AuditActor {
  @Override
  public @Nullable UUID auditId() {
    return null;
  }

  @Override
  public String auditName() {
    return "gateway " + gateway.name();
  }
}
