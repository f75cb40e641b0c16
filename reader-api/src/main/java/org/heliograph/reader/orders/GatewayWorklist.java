package org.heliograph.reader.orders;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.reader.sites.Sites;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The worklist of a site as its gateways keep it for the modalities of the clinic. */
@Component
public class GatewayWorklist {
  private static final int MOST_STEPS = 1000;
  private static final String VERSION =
      """
      select count(*) || ' ' || coalesce(max(updated_at), 'epoch'::timestamptz)
      from reading.scheduled_step where site_id = ? and state in ('SCHEDULED', 'STARTED')
      """;

  private final StepRows steps;
  private final Sites sites;
  private final JdbcClient sql;
  private final InstantSource clock;

  GatewayWorklist(JdbcClient sql, Sites sites, InstantSource clock) {
    this.steps = new StepRows(sql);
    this.sites = sites;
    this.sql = sql;
    this.clock = clock;
  }

  /** Another text whenever the worklist of the site may be another one. */
  public String version(UUID siteId) {
    String facts = sql.sql(VERSION).param(siteId).query(String.class).single();
    return digest(facts + " " + today(siteId));
  }

  /**
   * The open steps, begun or not, as an array of data sets in DICOM JSON (PS3.18 Annex F). A step
   * for any station names none: the gateway's modalities are not known here.
   */
  public String json(UUID siteId) {
    var narrowing =
        new StepRows.Narrowing(siteId, List.of("SCHEDULED", "STARTED"), null, today(siteId));
    return steps.page(narrowing, StepRows.Position.START, List.of(), MOST_STEPS).stream()
        .map(row -> DicomJson.write(row.item(), element -> null))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private LocalDate today(UUID siteId) {
    return LocalDate.ofInstant(clock.instant(), sites.timeZone(siteId));
  }

  private static String digest(String text) {
    try {
      byte[] sha256 =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha256, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
