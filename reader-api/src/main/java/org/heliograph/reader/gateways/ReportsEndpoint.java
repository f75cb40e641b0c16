package org.heliograph.reader.gateways;

import java.util.Map;
import java.util.UUID;
import org.heliograph.node.link.LinkPaths;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/gateway/reports}: the forms of reports that a gateway was told of, with ranges. */
@RestController
class ReportsEndpoint {
  private static final Map<String, String> TYPES =
      Map.of(
          "pdf", "application/pdf", "sr", "application/dicom", "text", "text/plain;charset=UTF-8");
  private static final String FORM =
      """
      select f.content from reading.delivery_form f
      join reading.gateway_report r on r.delivery_id = f.delivery_id
      where r.gateway_id = ? and f.delivery_id = ? and f.form = ?
      """;

  private final CurrentGateway currentGateway;
  private final JdbcClient sql;
  private final AuditTrail audit;

  ReportsEndpoint(CurrentGateway currentGateway, JdbcClient sql, AuditTrail audit) {
    this.currentGateway = currentGateway;
    this.sql = sql;
    this.audit = audit;
  }

  @GetMapping(LinkPaths.BASE + "/reports/{delivery}/{form}")
  ResponseEntity<Resource> form(
      @PathVariable("delivery") UUID delivery, @PathVariable("form") String form) {
    Gateway gateway = currentGateway.require();
    byte[] content =
        sql.sql(FORM)
            .params(gateway.id(), delivery, form)
            .query((row, n) -> row.getBytes(1))
            .optional()
            .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    audit.record(
        AuditEvent.of(AuditKind.EXPORT, AuditAction.READ).about("delivery", delivery).detail(form));
    return ResponseEntity.ok()
        .contentType(MediaType.valueOf(TYPES.getOrDefault(form, "application/octet-stream")))
        .body(new ByteArrayResource(content));
  }
}
