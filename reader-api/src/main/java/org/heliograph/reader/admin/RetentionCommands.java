package org.heliograph.reader.admin;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.heliograph.archive.quota.QuotaMode;
import org.heliograph.archive.quota.Quotas;
import org.heliograph.archive.quota.SiteUsage;
import org.heliograph.archive.retention.ExpiringStudy;
import org.heliograph.archive.retention.RetentionRule;
import org.heliograph.archive.retention.RetentionRule.From;
import org.heliograph.archive.retention.RetentionRules;
import org.heliograph.reader.UsageException;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.retention.RetentionConfiguration;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;

/** Rules of retention and quotas of sites. */
final class RetentionCommands {
  private static final int PREVIEW = 1000;
  private static final int DEFAULT_GRACE_DAYS = 30;

  private final Sites sites;
  private final RetentionRules rules;
  private final Quotas quotas;
  private final AuditTrail audit;

  RetentionCommands(DataSource database, Sites sites, AuditTrail audit) {
    InstantSource clock = InstantSource.system();
    this.sites = sites;
    this.rules = new RetentionRules(database, RetentionConfiguration.FACTS, clock);
    this.quotas = new Quotas(database, clock);
    this.audit = audit;
  }

  Answer set(Request request) {
    boolean removes = request.has("--none");
    RetentionRule rule =
        new RetentionRule(
            site(request),
            request
                .option("--specialty")
                .map(s -> Request.constant(Specialty.class, "--specialty", s).name())
                .orElse(null),
            request.option("--modality").map(m -> m.toUpperCase(Locale.ROOT)).orElse(null),
            removes ? 1 : number(request, "--years", 1, 200),
            request
                .option("--from")
                .map(f -> Request.constant(From.class, "--from", f.replace('-', '_')))
                .orElse(From.STUDY_DATE),
            request.has("--until-age") ? number(request, "--until-age", 1, 200) : null,
            !request.has("--with-reports"),
            request.has("--grace-days")
                ? number(request, "--grace-days", 0, 36_500)
                : DEFAULT_GRACE_DAYS);
    if (removes) {
      rules.remove(rule);
    } else {
      rules.set(rule, "console");
    }
    record("retention", "rule", removes ? AuditAction.DELETE : AuditAction.UPDATE);
    return list();
  }

  Answer list() {
    List<RetentionRule> all = rules.all();
    return new Answer(
        all.stream().map(this::view).toList(),
        all.isEmpty()
            ? List.of("no rules: everything is kept")
            : all.stream().map(this::line).toList());
  }

  /** What the rules would let go now; nothing of patients. */
  Answer preview() {
    List<ExpiringStudy> studies = rules.expired(PREVIEW);
    List<String> lines = new ArrayList<>();
    long bytes = 0;
    for (ExpiringStudy study : studies) {
      bytes += study.held() ? 0 : study.byteCount();
      lines.add(
          study.study().value().value()
              + "  "
              + study.studyDate()
              + "  "
              + String.join("/", study.modalities())
              + "  "
              + study.instanceCount()
              + " instances, "
              + study.byteCount()
              + " bytes, expired "
              + study.expiredOn()
              + (study.held() ? "  HELD" : ""));
    }
    lines.add(
        studies.size()
            + (studies.size() == PREVIEW ? " studies or more, " : " studies, ")
            + bytes
            + " bytes without held ones");
    return new Answer(studies.stream().map(this::view).toList(), lines);
  }

  Answer setQuota(Request request) {
    Site site = siteOf(request.word(0));
    if (request.has("--none")) {
      quotas.remove(site.id());
    } else {
      quotas.set(
          site.id(),
          bytes(request.required("--bytes")),
          request
              .option("--mode")
              .map(m -> Request.constant(QuotaMode.class, "--mode", m))
              .orElse(QuotaMode.SOFT));
    }
    record("site", site.id(), AuditAction.UPDATE);
    return listQuotas();
  }

  Answer listQuotas() {
    List<SiteUsage> all = quotas.usage();
    return new Answer(
        all.stream().map(this::view).toList(),
        all.isEmpty() ? List.of("nothing is stored") : all.stream().map(this::line).toList());
  }

  private Map<String, Object> view(RetentionRule rule) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("site", code(rule.siteId()));
    view.put("specialty", rule.specialty());
    view.put("modality", rule.modality());
    view.put("years", rule.keepYears());
    view.put("from", rule.countedFrom());
    view.put("untilAge", rule.untilAge());
    view.put("keepReports", rule.keepReports());
    view.put("graceDays", rule.graceDays());
    return view;
  }

  private String line(RetentionRule rule) {
    return any(code(rule.siteId()), "any site")
        + "  "
        + any(rule.specialty(), "any specialty")
        + "  "
        + any(rule.modality(), "any modality")
        + "  "
        + rule.keepYears()
        + " years from "
        + rule.countedFrom()
        + (rule.untilAge() == null ? "" : ", until the age of " + rule.untilAge())
        + (rule.keepReports() ? ", reports stay" : "")
        + ", removed "
        + rule.graceDays()
        + " days later";
  }

  private Map<String, Object> view(ExpiringStudy study) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("site", code(study.siteId()));
    view.put("study", study.study().value().value());
    view.put("studyDate", study.studyDate());
    view.put("modalities", study.modalities());
    view.put("instances", study.instanceCount());
    view.put("bytes", study.byteCount());
    view.put("expiredOn", study.expiredOn());
    view.put("held", study.held());
    return view;
  }

  private Map<String, Object> view(SiteUsage usage) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("site", code(usage.siteId()));
    view.put("bytes", usage.byteCount());
    view.put("instances", usage.instanceCount());
    view.put("quota", usage.byteLimit());
    view.put("mode", usage.mode());
    view.put("threshold", usage.threshold());
    return view;
  }

  private String line(SiteUsage usage) {
    Long limit = usage.byteLimit();
    return code(usage.siteId())
        + "  "
        + usage.byteCount()
        + " bytes in "
        + usage.instanceCount()
        + " instances"
        + (limit == null
            ? ""
            : ", "
                + usage.byteCount() * 100 / limit
                + " % of "
                + limit
                + " ("
                + usage.mode()
                + ")");
  }

  private @Nullable String code(@Nullable UUID siteId) {
    return siteId == null ? null : sites.byId(siteId).map(Site::code).orElse(siteId.toString());
  }

  private static String any(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  private @Nullable UUID site(Request request) {
    String code = request.option("--site").orElse(null);
    return code == null ? null : siteOf(code).id();
  }

  private Site siteOf(String code) {
    return sites
        .byCode(code)
        .orElseThrow(() -> new ProblemException(ProblemCode.SITE_UNKNOWN, code));
  }

  private static int number(Request request, String option, int least, int most) {
    long number = PatientCommands.number(request.required(option));
    if (number < least || number > most) {
      throw new UsageException(
          "The value of " + option + " is not from " + least + " to " + most + ".");
    }
    return (int) number;
  }

  /** A number of bytes, also with K, M, G or T for powers of 1024. */
  private static long bytes(String text) {
    int unit = "KMGT".indexOf(Character.toUpperCase(text.charAt(text.length() - 1)));
    String digits = unit < 0 ? text : text.substring(0, text.length() - 1);
    long bytes = PatientCommands.number(digits);
    long factor = unit < 0 ? 1 : 1L << (10 * (unit + 1));
    if (bytes < 1 || bytes > Long.MAX_VALUE / factor) {
      throw new UsageException("The value of --bytes is not a number of bytes: " + text);
    }
    return bytes * factor;
  }

  private void record(String kind, Object id, AuditAction action) {
    audit.record(
        AuditEvent.of(AuditKind.SECURITY_ALERT, action)
            .about(kind, id)
            .detail("ADMIN_COMMAND")
            .by(null, "console")
            .from("127.0.0.1"));
  }
}
