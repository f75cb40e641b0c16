package org.heliograph.reader.gateways;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** {@code /api/gateways}: the desk's view of gateways; nothing of patients. */
@RestController
@RequestMapping("/api/gateways")
class GatewaysEndpoint {
  private final GatewayOverview overview;
  private final Gateways gateways;
  private final EnrolmentCodes codes;
  private final Sites sites;
  private final CurrentPerson person;
  private final AuditTrail audit;
  private final String publicUrl;
  private final HubCertificate certificate;

  GatewaysEndpoint(
      GatewayOverview overview,
      Gateways gateways,
      EnrolmentCodes codes,
      Sites sites,
      CurrentPerson person,
      AuditTrail audit,
      HubCertificate certificate,
      @Value("${heliograph.gateways.url:}") String publicUrl) {
    this.overview = overview;
    this.gateways = gateways;
    this.codes = codes;
    this.sites = sites;
    this.person = person;
    this.audit = audit;
    this.publicUrl = publicUrl;
    this.certificate = certificate;
  }

  /** For which site a code is wanted. */
  record NewCode(@Nullable String site) {}

  /** A code, told once. */
  record Code(String code, Instant expiresAt, String site) {
    @Override
    public String toString() {
      return "Code[" + site + "]";
    }
  }

  @GetMapping
  List<GatewayOverview.View> all() {
    person.require(Role.COORDINATOR, Role.ADMINISTRATOR);
    return overview.all();
  }

  @PostMapping("/codes")
  ResponseEntity<Code> code(@RequestBody NewCode form) {
    person.require(Role.COORDINATOR, Role.ADMINISTRATOR);
    String code = form.site() == null ? "" : form.site();
    Site site =
        sites
            .byCode(code)
            .orElseThrow(() -> new ProblemException(ProblemCode.SITE_UNKNOWN, "given"));
    var made = codes.make(site, urls(), certificate.pin());
    audit.record(
        AuditEvent.of(AuditKind.SECURITY_ALERT, AuditAction.CREATE)
            .about("site", site.id())
            .detail("GATEWAY_CODE"));
    return ResponseEntity.status(HttpStatus.CREATED)
        .body(new Code(made.text(), made.expiresAt(), site.code()));
  }

  @PostMapping("/{gateway}/switch-off")
  GatewayOverview.View switchOff(@PathVariable("gateway") UUID gateway) {
    person.require(Role.COORDINATOR, Role.ADMINISTRATOR);
    gateways.switchOff(gateway);
    audit.record(
        AuditEvent.of(AuditKind.SECURITY_ALERT, AuditAction.DELETE)
            .about("gateway", gateway)
            .detail("SWITCHED_OFF"));
    return overview.all().stream()
        .filter(view -> view.id().equals(gateway))
        .findFirst()
        .orElseThrow(() -> new ProblemException(ProblemCode.GATEWAY_NAME_UNKNOWN));
  }

  /** As configured, else as this browser reaches the hub. */
  private List<String> urls() {
    if (!publicUrl.isBlank()) {
      return List.of(publicUrl.split(",", -1));
    }
    URI uri = ServletUriComponentsBuilder.fromCurrentContextPath().build().toUri();
    return List.of(uri.toString());
  }
}
