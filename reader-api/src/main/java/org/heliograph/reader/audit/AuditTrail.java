package org.heliograph.reader.audit;

import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The append-only trail of every access to patient data. An event joins the caller's transaction:
 * what is rolled back was not done, and what is committed is on record. The database refuses to
 * change or remove a line.
 */
@Component
public class AuditTrail {
  private static final String RECORD =
      """
      insert into reading.audit_event (kind, kind_code, action, outcome, actor, person_id, address,
                                       object_kind, object_id, detail)
      values (:kind, :kindCode, :action, :outcome, :actor, :personId, :address,
              :objectKind, :objectId, :detail)
      """;
  private static final String COMMIT_SOON = "select set_config('synchronous_commit', 'off', true)";

  private final JdbcClient sql;

  AuditTrail(JdbcClient sql) {
    this.sql = sql;
  }

  /** For commands that run without the hub's parts. */
  public static AuditTrail over(DataSource database) {
    return new AuditTrail(JdbcClient.create(database));
  }

  /**
   * Writes the event of a transaction that does nothing else than look, whose commit then does not
   * wait for the disk: the event is there for everyone at once and outlives the hub, but a power
   * cut may lose the last half second. Must not be used where anything is changed.
   */
  public void recordLook(AuditEvent event) {
    sql.sql(COMMIT_SOON).query(String.class).single();
    record(event);
  }

  /** Writes the event; missing who and where come from the current web request. */
  public void record(AuditEvent event) {
    AuditActor session = sessionActor();
    UUID personId = event.personId();
    String actor = event.actor();
    if (actor == null) {
      personId = session == null ? null : session.auditId();
      actor = session == null ? "" : session.auditName();
    }
    sql.sql(RECORD)
        .param("kind", event.kind().name())
        .param("kindCode", event.kind().code())
        .param("action", event.action().code())
        .param("outcome", event.outcome().code())
        .param("actor", actor)
        .param("personId", personId)
        .param("address", event.address() == null ? requestAddress() : event.address())
        .param("objectKind", event.objectKind())
        .param("objectId", event.objectId())
        .param("detail", event.detail())
        .update();
  }

  private static @Nullable AuditActor sessionActor() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof AuditActor actor
        ? actor
        : null;
  }

  private static String requestAddress() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
        ? request.getRequest().getRemoteAddr()
        : "";
  }
}
