package org.heliograph.reader.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.heliograph.reader.HubTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HubTest
class AuditTrailIT {
  @Autowired private AuditTrail trail;
  @Autowired private JdbcClient sql;

  @Test
  void records_who_did_what_to_which_object() {
    trail.record(
        AuditEvent.of(AuditKind.PATIENT_RECORD, AuditAction.READ)
            .about("case", "audit-1")
            .by(null, "console")
            .from("127.0.0.1"));

    assertThat(
            sql.sql("select kind_code, action, actor from reading.audit_event where object_id = ?")
                .param("audit-1")
                .query()
                .singleRow())
        .containsEntry("kind_code", "110110")
        .containsEntry("action", "R")
        .containsEntry("actor", "console");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update reading.audit_event set actor = 'x'",
        "delete from reading.audit_event",
        "truncate reading.audit_event"
      })
  void cannot_be_changed(String change) {
    assertThatThrownBy(() -> sql.sql(change).update()).hasStackTraceContaining("append-only");
  }
}
