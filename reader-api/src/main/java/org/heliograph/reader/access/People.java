package org.heliograph.reader.access;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The people of the network. */
@Component
public class People {
  private static final String COLUMNS =
      "id, login, display_name, credentials, organisation, role, specialty, site_id";
  private static final String BY_ID =
      "select " + COLUMNS + " from reading.person where id = ? and active";
  private static final String BY_LOGIN =
      "select " + COLUMNS + " from reading.person where lower(login) = lower(?) and active";
  private static final String REFERRERS =
      "select "
          + COLUMNS
          + """
           from reading.person
          where role = 'REFERRER' and active
            and position(lower(?) in lower(display_name || ' ' || organisation)) > 0
          order by display_name, id
          limit 50
          """;
  private static final String ADD =
      """
      insert into reading.person (id, login, display_name, credentials, organisation, role,
                                  specialty, site_id, password_hash)
      values (:id, :login, :displayName, :credentials, :organisation, :role,
              :specialty, :siteId, :passwordHash)
      """;
  private static final String SET_PASSWORD =
      """
      update reading.person set password_hash = ?, password_changed_at = now()
      where lower(login) = lower(?) and active
      """;

  private final JdbcClient sql;
  private final Passwords passwords;

  People(JdbcClient sql, Passwords passwords) {
    this.sql = sql;
    this.passwords = passwords;
  }

  /** For commands that run without the hub's parts; each call is a transaction of its own. */
  public static People over(DataSource database) {
    return new People(JdbcClient.create(database), new Passwords());
  }

  /** Everybody who may sign in. */
  public List<Person> all() {
    return sql.sql("select " + COLUMNS + " from reading.person where active order by login")
        .query(People::person)
        .list();
  }

  /** A person who may sign in. */
  public Optional<Person> byId(UUID id) {
    return sql.sql(BY_ID).param(id).query(People::person).optional();
  }

  /** A person who may sign in; upper and lower case are the same. */
  public Optional<Person> byLogin(String login) {
    return sql.sql(BY_LOGIN).param(login).query(People::person).optional();
  }

  /** Referrers whose name or organisation contains this, at most 50. */
  public List<Person> referrers(String contains) {
    return sql.sql(REFERRERS).param(contains).query(People::person).list();
  }

  /** Adds a person. The password must be strong (TR-0016) and the login name free (TR-0018). */
  @Transactional
  public Person add(NewPerson person, char[] password) {
    passwords.requireStrong(person.login(), password);
    UUID id = UUID.randomUUID();
    try {
      sql.sql(ADD)
          .param("id", id)
          .param("login", person.login())
          .param("displayName", person.displayName())
          .param("credentials", person.credentials())
          .param("organisation", person.organisation())
          .param("role", person.role().name())
          .param("specialty", name(person.specialty()))
          .param("siteId", person.siteId())
          .param("passwordHash", passwords.hash(password))
          .update();
    } catch (DuplicateKeyException e) {
      throw new ProblemException(ProblemCode.LOGIN_TAKEN, e);
    }
    return byId(id).orElseThrow();
  }

  /** Sets a new password (TR-0016, TR-0022). */
  @Transactional
  public void setPassword(String login, char[] password) {
    passwords.requireStrong(login, password);
    if (sql.sql(SET_PASSWORD).params(passwords.hash(password), login).update() == 0) {
      throw new ProblemException(ProblemCode.PERSON_UNKNOWN);
    }
  }

  /** Whether anybody at all can sign in. */
  public boolean isEmpty() {
    return sql.sql("select not exists (select 1 from reading.person where active)")
        .query(Boolean.class)
        .single();
  }

  /** The person of a session, unless the password has been changed since it began. */
  Optional<Person> bySession(SignedIn session) {
    return sql.sql(BY_ID + " and password_changed_at = ?")
        .params(
            session.auditId(),
            OffsetDateTime.ofInstant(session.passwordChangedAt(), ZoneOffset.UTC))
        .query(People::person)
        .optional();
  }

  Instant passwordChangedAt(UUID id) {
    return sql.sql("select password_changed_at from reading.person where id = ?")
        .param(id)
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  Optional<String> passwordHash(UUID id) {
    return sql.sql("select password_hash from reading.person where id = ? and active")
        .param(id)
        .query(String.class)
        .optional();
  }

  private static @Nullable String name(@Nullable Enum<?> value) {
    return value == null ? null : value.name();
  }

  private static Person person(java.sql.ResultSet row, int number) throws java.sql.SQLException {
    String specialty = row.getString("specialty");
    return new Person(
        row.getObject("id", UUID.class),
        row.getString("login"),
        row.getString("display_name"),
        row.getString("credentials"),
        row.getString("organisation"),
        Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
        specialty == null ? null : Specialty.valueOf(specialty),
        row.getObject("site_id", UUID.class));
  }
}
