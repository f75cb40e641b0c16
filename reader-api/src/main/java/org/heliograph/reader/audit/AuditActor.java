package org.heliograph.reader.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whoever acts, as the trail names them; the principal of a request implements it. */
public interface AuditActor {
  /** The person; null where it is none. */
  @Nullable UUID auditId();

  String auditName();
}
