package org.heliograph.reader.hl7;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which application sends for which site. Each look-up reads the database, so a change counts at
 * once and everywhere.
 */
@Component
public class Hl7Sources {
  public static final String ANY_FACILITY = "*";
  private static final int LONGEST_NAME = 180;
  private static final String SELECT =
      """
      select id, sending_application, sending_facility, site_id, issuer_of_patient_id
      from reading.hl7_source
      """;
  private static final String FIND =
      SELECT
          + """
          where sending_application = ? and sending_facility in (?, '*')
          order by sending_facility = '*' limit 1
          """;
  private static final String ADD =
      """
      insert into reading.hl7_source
        (id, sending_application, sending_facility, site_id, issuer_of_patient_id)
      values (?, ?, ?, ?, ?)
      on conflict (sending_application, sending_facility) do update
        set issuer_of_patient_id = excluded.issuer_of_patient_id
        where hl7_source.site_id = excluded.site_id
      """;

  private final JdbcClient sql;

  Hl7Sources(JdbcClient sql) {
    this.sql = sql;
  }

  /** For commands that run without the hub's parts. */
  public static Hl7Sources over(DataSource database) {
    return new Hl7Sources(JdbcClient.create(database));
  }

  public List<Hl7Source> all() {
    return sql.sql(SELECT + " order by sending_application, sending_facility")
        .query(Hl7Sources::source)
        .list();
  }

  /** The source of these names; a facility that is named goes before any. */
  Optional<Hl7Source> find(String application, String facility) {
    return sql.sql(FIND).params(application, facility).query(Hl7Sources::source).optional();
  }

  /**
   * Registers an application for a site, or changes its issuer.
   *
   * @throws ProblemException it sends for another site, or a name is none
   */
  public Hl7Source add(UUID siteId, String application, String facility, String issuer) {
    requireName("application", application);
    requireName("facility", facility);
    if (issuer.length() > 64) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "issuer", "up to 64 characters");
    }
    int written =
        sql.sql(ADD).params(UUID.randomUUID(), application, facility, siteId, issuer).update();
    if (written == 0) {
      throw new ProblemException(ProblemCode.HL7_SOURCE_TAKEN);
    }
    return all().stream()
        .filter(s -> s.application().equals(application) && s.facility().equals(facility))
        .findFirst()
        .orElseThrow();
  }

  /** Forgets an application; whether it was known. */
  public boolean remove(String application, String facility) {
    return sql.sql(
                "delete from reading.hl7_source where sending_application = ? and sending_facility"
                    + " = ?")
            .params(application, facility)
            .update()
        > 0;
  }

  private static void requireName(String field, String name) {
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.matches(".*[|^~\\\\&\\p{Cntrl}].*")) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, field, "1 to 180 characters without | ^ ~ \\ &");
    }
  }

  private static Hl7Source source(ResultSet row, int number) throws SQLException {
    return new Hl7Source(
        row.getObject("id", UUID.class),
        row.getString("sending_application"),
        row.getString("sending_facility"),
        row.getObject("site_id", UUID.class),
        row.getString("issuer_of_patient_id"));
  }
}
