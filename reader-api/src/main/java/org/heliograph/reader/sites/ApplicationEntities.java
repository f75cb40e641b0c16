package org.heliograph.reader.sites;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The application entities that the hub knows. Each look-up reads the database, so a change counts
 * at once and everywhere.
 */
@Component
public class ApplicationEntities {
  private static final String SELECT =
      "select ae_title, site_id, host, port, tls, rights from reading.ae_title";
  private static final String UPDATE =
      """
      update reading.ae_title
      set host = :host, port = :port, tls = :tls, rights = :rights
      where ae_title = :title
      """;

  private final JdbcClient sql;

  ApplicationEntities(JdbcClient sql) {
    this.sql = sql;
  }

  /** For commands that run without the hub's parts. */
  public static ApplicationEntities over(DataSource database) {
    return new ApplicationEntities(JdbcClient.create(database));
  }

  public List<ApplicationEntity> all() {
    return sql.sql(SELECT + " order by ae_title").query(ApplicationEntities::entity).list();
  }

  public Optional<ApplicationEntity> byTitle(String aeTitle) {
    return sql.sql(SELECT + " where ae_title = ?")
        .param(aeTitle)
        .query(ApplicationEntities::entity)
        .optional();
  }

  /**
   * Says where a registered entity listens and what it may do.
   *
   * @throws ProblemException it is not registered, or the address is not one
   */
  public ApplicationEntity set(ApplicationEntity entity) {
    check(entity);
    int updated =
        sql.sql(UPDATE)
            .param("host", entity.host(), Types.VARCHAR)
            .param("port", entity.port(), Types.INTEGER)
            .param("tls", entity.tls())
            .param(
                "rights", entity.rights().stream().map(Enum::name).sorted().toArray(String[]::new))
            .param("title", entity.aeTitle())
            .update();
    if (updated == 0) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "aeTitle", "not registered");
    }
    return byTitle(entity.aeTitle()).orElseThrow();
  }

  /**
   * Whether an entity could be what it says.
   *
   * @throws ProblemException the address is not one, or is missing where one is needed
   */
  public static void check(ApplicationEntity entity) {
    Integer port = entity.port();
    if ((entity.host() == null) != (port == null)
        || (port != null && (port < 1 || port > 65_535))) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "address", "a host and a port from 1 to 65535, or neither");
    }
    if (entity.may(AeRight.RECEIVE) && entity.host() == null) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "rights", "who receives needs a host and a port");
    }
  }

  /** Forgets an entity; whether there was one. */
  public boolean remove(String aeTitle) {
    return sql.sql("delete from reading.ae_title where ae_title = ?").param(aeTitle).update() > 0;
  }

  private static ApplicationEntity entity(ResultSet row, int number) throws SQLException {
    Set<AeRight> rights =
        Arrays.stream((String[]) row.getArray("rights").getArray())
            .map(AeRight::valueOf)
            .collect(Collectors.toUnmodifiableSet());
    int port = row.getInt("port");
    @Nullable Integer known = row.wasNull() ? null : port;
    return new ApplicationEntity(
        row.getString("ae_title"),
        row.getObject("site_id", UUID.class),
        row.getString("host"),
        known,
        row.getBoolean("tls"),
        rights);
  }
}
