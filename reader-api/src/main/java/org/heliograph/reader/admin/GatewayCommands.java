package org.heliograph.reader.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.gateways.EnrolmentCodes;
import org.heliograph.reader.gateways.Gateway;
import org.heliograph.reader.gateways.GatewayOverview;
import org.heliograph.reader.gateways.Gateways;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;

/** The gateways of clinics. A code is printed once, when it is made. */
final class GatewayCommands {
  private final Gateways gateways;
  private final EnrolmentCodes codes;
  private final GatewayOverview overview;
  private final Sites sites;
  private final Recorder recorder;

  /** Puts what a command did on the audit trail. */
  interface Recorder extends BiConsumer<UUID, AuditAction> {}

  GatewayCommands(DataSource database, Sites sites, Recorder recorder) {
    this.gateways = Gateways.over(database);
    this.codes = EnrolmentCodes.over(database);
    this.overview = GatewayOverview.over(database);
    this.sites = sites;
    this.recorder = recorder;
  }

  Answer list() {
    var all = overview.all();
    return new Answer(
        all,
        all.isEmpty() ? List.of("none yet") : all.stream().map(GatewayCommands::line).toList());
  }

  Answer code(Request request) {
    String code = request.word(0);
    Site site =
        sites.byCode(code).orElseThrow(() -> new ProblemException(ProblemCode.SITE_UNKNOWN, code));
    var made =
        codes.make(
            site,
            List.of(request.required("--url").split(",", -1)),
            request.option("--pin").orElse(""));
    recorder.accept(site.id(), AuditAction.CREATE);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("site", site.code());
    view.put("code", made.text());
    view.put("expiresAt", made.expiresAt());
    return new Answer(
        view,
        List.of(
            "code  " + made.text() + "  (not shown again)",
            "for one gateway of " + site.code() + ", good until " + made.expiresAt()));
  }

  Answer switchOff(Request request) {
    Gateway gateway = gateways.switchOff(named(request).id());
    recorder.accept(gateway.id(), AuditAction.DELETE);
    return Answer.of(Map.of("id", gateway.id(), "name", gateway.name()), "off  " + gateway.name());
  }

  Answer set(Request request) {
    Gateway gateway = named(request);
    gateways.configure(gateway.id(), request.word(1), request.word(2));
    recorder.accept(gateway.id(), AuditAction.UPDATE);
    String now = gateways.configuration(gateway.id());
    return Answer.of(
        Map.of("id", gateway.id(), "name", gateway.name(), "configuration", now),
        gateway.name() + "  " + now);
  }

  /** Unpacks again what was left to a person. */
  Answer retry(Request request) {
    Gateway gateway = named(request);
    int parts = overview.retry(gateway.id());
    recorder.accept(gateway.id(), AuditAction.UPDATE);
    return Answer.of(
        Map.of("id", gateway.id(), "name", gateway.name(), "parts", parts),
        gateway.name() + "  " + parts + " parts are tried again");
  }

  private Gateway named(Request request) {
    return gateways
        .byName(request.word(0))
        .orElseThrow(() -> new ProblemException(ProblemCode.GATEWAY_NAME_UNKNOWN));
  }

  private static String line(GatewayOverview.View gateway) {
    var status = gateway.status();
    return gateway.name()
        + "  "
        + gateway.site().code()
        + "  "
        + (gateway.switchedOffAt() != null
            ? "off"
            : gateway.silentSince() != null
                ? "silent since " + gateway.silentSince()
                : "heard " + (gateway.lastContactAt() == null ? "never" : gateway.lastContactAt()))
        + (status == null
            ? ""
            : "  waiting " + status.waitingInstances() + "  parked " + status.parked())
        + "  parcels "
        + gateway.parcels().size();
  }
}
