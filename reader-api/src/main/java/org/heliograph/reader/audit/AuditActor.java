package org.heliograph.reader.audit;

import java.util.UUID;

/** The signed-in person as the trail names them; a session's principal implements it. */
public interface AuditActor {
  UUID auditId();

  String auditName();
}
