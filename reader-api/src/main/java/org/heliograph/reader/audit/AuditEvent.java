package org.heliograph.reader.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of the trail. Who and from where may be left out in a web request: the trail takes them
 * from the session. The object is named by our own id or a UID, the detail is a short code; free
 * text of patients does not belong here.
 */
public record AuditEvent(
    AuditKind kind,
    AuditAction action,
    AuditOutcome outcome,
    String objectKind,
    String objectId,
    String detail,
    @Nullable UUID personId,
    @Nullable String actor,
    @Nullable String address) {

  public static AuditEvent of(AuditKind kind, AuditAction action) {
    return new AuditEvent(kind, action, AuditOutcome.SUCCESS, "", "", "", null, null, null);
  }

  /** What it was about: {@code ("case", id)}, {@code ("study", uid)}. */
  public AuditEvent about(String newObjectKind, Object newObjectId) {
    return new AuditEvent(
        kind,
        action,
        outcome,
        newObjectKind,
        String.valueOf(newObjectId),
        detail,
        personId,
        actor,
        address);
  }

  public AuditEvent outcome(AuditOutcome newOutcome) {
    return new AuditEvent(
        kind, action, newOutcome, objectKind, objectId, detail, personId, actor, address);
  }

  public AuditEvent detail(String newDetail) {
    return new AuditEvent(
        kind, action, outcome, objectKind, objectId, newDetail, personId, actor, address);
  }

  /** Somebody other than the session's person: an AE title, the administrator at the console. */
  public AuditEvent by(@Nullable UUID newPersonId, String newActor) {
    return new AuditEvent(
        kind, action, outcome, objectKind, objectId, detail, newPersonId, newActor, address);
  }

  public AuditEvent from(String newAddress) {
    return new AuditEvent(
        kind, action, outcome, objectKind, objectId, detail, personId, actor, newAddress);
  }
}
