package org.heliograph.reader.access;

import java.util.UUID;
import org.heliograph.reader.audit.AuditActor;

/** Who acts in a request that came with a token: the person, read for this request, and by what. */
record TokenBearer(Person person, String token) implements AuditActor {
  @Override
  public UUID auditId() {
    return person.id();
  }

  @Override
  public String auditName() {
    return person.login() + " token:" + token;
  }
}
