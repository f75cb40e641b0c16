package org.heliograph.reader.sites;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The clinics. Each look-up reads the database, so a change counts at once and everywhere. */
@Component
public class Sites {
  private static final Pattern AE_TITLE = Pattern.compile("[\\x21-\\x5b\\x5d-\\x7e]{1,16}");
  private static final int LARGEST_LOGO_BYTES = 256 * 1024;
  private static final String SELECT =
      """
      select s.id, s.code, s.name, s.address, s.default_specialty, s.allow_unknown_ae,
             array(select a.ae_title from reading.ae_title a
                   where a.site_id = s.id order by a.ae_title) as ae_titles
      from reading.site s
      """;
  private static final String BY_AE_TITLE =
      SELECT + " where s.id = (select site_id from reading.ae_title where ae_title = ?)";
  private static final String ADD =
      """
      insert into reading.site (id, code, name, address, default_specialty) values (?, ?, ?, ?, ?)
      """;
  private static final String ADD_AE_TITLE =
      """
      insert into reading.ae_title (ae_title, site_id) values (?, ?)
      on conflict (ae_title) do nothing
      """;

  private final JdbcClient sql;

  Sites(JdbcClient sql) {
    this.sql = sql;
  }

  /** For commands that run without the hub's parts; each statement is a transaction of its own. */
  public static Sites over(DataSource database) {
    return new Sites(JdbcClient.create(database));
  }

  public List<Site> all() {
    return sql.sql(SELECT + " order by s.code").query(Sites::site).list();
  }

  public Optional<Site> byId(UUID id) {
    return sql.sql(SELECT + " where s.id = ?").param(id).query(Sites::site).optional();
  }

  /** The site with this code; upper and lower case are the same. */
  public Optional<Site> byCode(String code) {
    return sql.sql(SELECT + " where lower(s.code) = lower(?)")
        .param(code)
        .query(Sites::site)
        .optional();
  }

  /** The site for which this calling AE title is registered. */
  public Optional<Site> byAeTitle(String calling) {
    return sql.sql(BY_AE_TITLE).param(calling).query(Sites::site).optional();
  }

  /** The site that takes what unknown AE titles send, if one does. */
  public Optional<Site> forUnknownAeTitles() {
    return sql.sql(SELECT + " where s.allow_unknown_ae").query(Sites::site).optional();
  }

  public Optional<Logo> logo(UUID id) {
    return sql.sql(
            "select logo, logo_media_type from reading.site where id = ? and logo is not null")
        .param(id)
        .query((row, n) -> new Logo(row.getString("logo_media_type"), row.getBytes("logo")))
        .optional();
  }

  /** The zone of a clinic's clock; the hub's own if none is set. */
  public ZoneId timeZone(UUID id) {
    return sql.sql("select time_zone from reading.site where id = ? and time_zone is not null")
        .param(id)
        .query(String.class)
        .optional()
        .map(ZoneId::of)
        .orElseGet(ZoneId::systemDefault);
  }

  /** Sets the zone of a clinic's clock, such as {@code Africa/Nairobi}. */
  @Transactional
  public void setTimeZone(UUID id, String zone) {
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "timeZone", "a zone such as Africa/Nairobi");
    }
    sql.sql("update reading.site set time_zone = ? where id = ?").params(zone, id).update();
  }

  @Transactional
  public Site add(NewSite site) {
    UUID id = UUID.randomUUID();
    try {
      sql.sql(ADD)
          .params(id, site.code(), site.name(), site.address(), site.defaultSpecialty().name())
          .update();
    } catch (DuplicateKeyException e) {
      throw new ProblemException(ProblemCode.SITE_CODE_TAKEN, e, site.code());
    }
    return byId(id).orElseThrow();
  }

  /** Registers a calling AE title for a site; doing so twice is no error. */
  @Transactional
  public Site addAeTitle(String code, String aeTitle) {
    Site site = require(code);
    if (!AE_TITLE.matcher(aeTitle).matches()) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD,
          "aeTitle",
          "1 to 16 printable characters without spaces or \\");
    }
    if (sql.sql(ADD_AE_TITLE).params(aeTitle, site.id()).update() == 0) {
      Site owner = byAeTitle(aeTitle).orElseThrow();
      if (!owner.id().equals(site.id())) {
        throw new ProblemException(ProblemCode.AE_TITLE_TAKEN, aeTitle, owner.code());
      }
    }
    return require(code);
  }

  /** Makes this the one site that takes what unknown AE titles send. */
  @Transactional
  public void takeUnknownAeTitles(String code) {
    Site site = require(code);
    sql.sql("update reading.site set allow_unknown_ae = false where allow_unknown_ae").update();
    sql.sql("update reading.site set allow_unknown_ae = true where id = ?")
        .param(site.id())
        .update();
  }

  /** Sets the logo, a PNG or JPEG of at most 256 KiB. */
  @Transactional
  public void setLogo(UUID id, byte[] image) {
    if (image.length > LARGEST_LOGO_BYTES) {
      throw new ProblemException(ProblemCode.TOO_LARGE, LARGEST_LOGO_BYTES);
    }
    sql.sql("update reading.site set logo = ?, logo_media_type = ? where id = ?")
        .params(image, mediaType(image), id)
        .update();
  }

  private Site require(String code) {
    return byCode(code).orElseThrow(() -> new ProblemException(ProblemCode.SITE_UNKNOWN, code));
  }

  private static String mediaType(byte[] image) {
    if (image.length > 8 && (image[0] & 0xff) == 0x89 && image[1] == 'P' && image[2] == 'N') {
      return "image/png";
    }
    if (image.length > 8 && (image[0] & 0xff) == 0xff && (image[1] & 0xff) == 0xd8) {
      return "image/jpeg";
    }
    throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "image/png, image/jpeg");
  }

  private static Site site(ResultSet row, int number) throws SQLException {
    Array aeTitles = row.getArray("ae_titles");
    return new Site(
        row.getObject("id", UUID.class),
        row.getString("code"),
        row.getString("name"),
        row.getString("address"),
        Specialty.valueOf(row.getString("default_specialty")),
        row.getBoolean("allow_unknown_ae"),
        List.of((String[]) aeTitles.getArray()));
  }
}
