package org.heliograph.reader.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.report.ReportDocument.Addendum;
import org.heliograph.reader.report.ReportDocument.Signature;
import org.heliograph.reader.report.ReportDocument.Standing;
import org.heliograph.reader.sites.Logo;
import org.jspecify.annotations.Nullable;

/** The page of a report as XHTML for the PDF renderer. */
final class ReportHtml {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private ReportHtml() {}

  static String of(ReportDocument report) {
    StringBuilder body = new StringBuilder(8192);
    letterhead(body, report);
    if (report.signature() == null) {
      body.append("<div class=\"unsigned\">")
          .append(
              report.standing() == Standing.PRELIMINARY
                  ? "PRELIMINARY REPORT: not signed, may change"
                  : "DRAFT: not signed, not for use")
          .append("</div>");
    }
    subject(body, report);
    asked(body, report.request());
    report.sections().written().forEach((heading, text) -> section(body, heading, text));
    signature(body, report.signature());
    report.addenda().forEach(addendum -> addendum(body, addendum));
    return """
    <!DOCTYPE html>
    <html lang="en"><head><title>Report %1$s</title><style>%2$s</style></head>
    <body>
    <div id="foot"><table><tr><td>%3$s · Case %1$s</td>
    <td class="right">Page <span class="page"/></td></tr></table></div>
    %4$s
    </body></html>
    """
        .formatted(
            Markup.text(report.caseNumber()),
            ReportStyle.CSS,
            Markup.text(report.letterhead().siteName()),
            body);
  }

  private static void letterhead(StringBuilder body, ReportDocument report) {
    var head = report.letterhead();
    body.append("<table class=\"head\"><tr>");
    Logo logo = head.logo();
    if (logo != null) {
      body.append("<td class=\"logo\"><img alt=\"\" src=\"data:")
          .append(logo.mediaType())
          .append(";base64,")
          .append(Base64.getEncoder().encodeToString(logo.bytes()))
          .append("\"/></td>");
    }
    body.append("<td>")
        .append(Markup.block("div", "site", head.siteName()))
        .append(Markup.block("div", "address", head.siteAddress()))
        .append("</td><td class=\"right\"><div class=\"kind\">")
        .append(report.specialty() == Specialty.RADIOLOGY ? "Radiology" : "Dermatology")
        .append(" report</div><div class=\"number\">Case ")
        .append(Markup.text(report.caseNumber()))
        .append("</div><div class=\"standing\">")
        .append(standing(report.standing()))
        .append("</div></td></tr></table>");
  }

  private static String standing(Standing standing) {
    return switch (standing) {
      case DRAFT -> "Draft";
      case PRELIMINARY -> "Preliminary";
      case FINAL -> "Final";
      case AMENDED -> "Final, with addendum";
    };
  }

  private static void subject(StringBuilder body, ReportDocument report) {
    var patient = report.patient();
    var request = report.request();
    body.append("<table class=\"subject\">");
    row(body, "Patient", "<b>" + Markup.span(patient.name()) + "</b>");
    row(
        body,
        "Born",
        Markup.text(date(patient.birthDate()))
            + " · Sex "
            + Markup.text(patient.sex().isBlank() ? "not stated" : patient.sex())
            + " · ID "
            + Markup.span(patient.id())
            + (patient.issuer().isBlank() ? "" : " (" + Markup.text(patient.issuer()) + ")"));
    row(body, "Examination", examination(report));
    if (!request.referrer().isBlank()) {
      row(body, "Referred by", Markup.span(request.referrer()));
    }
    body.append("</table>");
  }

  private static String examination(ReportDocument report) {
    var request = report.request();
    String accession =
        request.accessionNumber().isBlank() ? "" : " · Accession " + request.accessionNumber();
    String part = request.bodyPart().isBlank() ? "not stated" : request.bodyPart();
    return Markup.span(part)
        + Markup.text(" · " + request.images() + " · " + date(request.studyDate()) + accession);
  }

  private static void row(StringBuilder body, String heading, String content) {
    body.append("<tr><th>").append(heading).append("</th><td>").append(content);
    body.append("</td></tr>");
  }

  private static void asked(StringBuilder body, ReportDocument.Request request) {
    if (request.question().isBlank() && request.history().isBlank()) {
      return;
    }
    body.append("<div class=\"asked\">");
    if (!request.question().isBlank()) {
      body.append("<div class=\"small\">Question</div>")
          .append(Markup.block("div", "text", request.question()));
    }
    if (!request.history().isBlank()) {
      body.append("<div class=\"small gap\">History</div>")
          .append(Markup.block("div", "text", request.history()));
    }
    body.append("</div>");
  }

  private static void section(StringBuilder body, String heading, String text) {
    body.append("<h2>").append(heading).append("</h2>");
    String kind = heading.equals("Impression") ? "text strong" : "text";
    body.append(Markup.block("div", kind, text));
  }

  private static void signature(StringBuilder body, @Nullable Signature signature) {
    if (signature != null) {
      body.append("<div class=\"signed\">Signed electronically by <b>")
          .append(Markup.span(signature.name()))
          .append("</b>")
          .append(signature.credentials().isBlank() ? "" : ", ")
          .append(Markup.span(signature.credentials()))
          .append("<br/>")
          .append(time(signature.at()))
          .append("</div>");
    }
  }

  private static void addendum(StringBuilder body, Addendum addendum) {
    body.append("<div class=\"addendum\"><h2>Addendum</h2>");
    body.append(Markup.block("div", "text", addendum.text()));
    signature(body, addendum.signature());
    body.append("</div>");
  }

  private static String date(@Nullable LocalDate date) {
    return date == null ? "date not stated" : DATE.format(date);
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }
}
