package org.heliograph.reader.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The credentials of programs: 256 random bits each, of which only a hash is kept. A token is told
 * once, when it is made; it ends when it expires, is revoked, or its person is switched off, with
 * the next request.
 */
@Component
public class ApiTokens {
  private static final String PREFIX = "hgt_";
  private static final Pattern TOKEN = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,63}");
  private static final String COLUMNS =
      "id, name, person_id, rights, created_at, expires_at, revoked_at, last_used_at";
  private static final String ADD =
      """
      insert into reading.api_token (id, name, token_hash, person_id, rights, expires_at)
      values (:id, :name, :hash, :person, :rights, :expires)
      """;
  private static final String USED =
      """
      update reading.api_token set last_used_at = :now
      where id = :id and (last_used_at is null or last_used_at < :now - interval '1 hour')
      """;
  private static final String REVOKE =
      """
      update reading.api_token set revoked_at = now()
      where lower(name) = lower(?) and revoked_at is null
      """;

  private final JdbcClient sql;
  private final SecureRandom random = new SecureRandom();

  ApiTokens(JdbcClient sql) {
    this.sql = sql;
  }

  /** For commands that run without the hub's parts; each call is a transaction of its own. */
  public static ApiTokens over(DataSource database) {
    return new ApiTokens(JdbcClient.create(database));
  }

  /** A token as it is told once. */
  public record Made(ApiToken token, String secret) {
    /** The secret is not shown. */
    @Override
    public String toString() {
      return "Made[" + token.name() + "]";
    }
  }

  /**
   * Makes a token. Its name must be free (TR-0073); storing is for clinics (TR-0075).
   *
   * @param expiresAt null for never
   */
  @Transactional
  public Made add(String name, Person person, Set<TokenRight> rights, @Nullable Instant expiresAt) {
    if (!NAME.matcher(name).matches()) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "name", "1 to 64 letters, digits, dots, hyphens and spaces");
    }
    if (rights.isEmpty()) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "rights", "none is given");
    }
    if (rights.contains(TokenRight.DICOMWEB_STORE)
        && (person.role() != Role.CLINIC || person.siteId() == null)) {
      throw new ProblemException(ProblemCode.TOKEN_CANNOT_STORE);
    }
    byte[] bits = new byte[32];
    random.nextBytes(bits);
    String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    UUID id = UUID.randomUUID();
    try {
      sql.sql(ADD)
          .param("id", id)
          .param("name", name)
          .param("hash", hash(secret))
          .param("person", person.id())
          .param("rights", rights.stream().map(TokenRight::name).sorted().toArray(String[]::new))
          .param("expires", expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC))
          .update();
    } catch (DuplicateKeyException e) {
      throw new ProblemException(ProblemCode.TOKEN_NAME_TAKEN, e, name);
    }
    return new Made(
        sql.sql("select " + COLUMNS + " from reading.api_token where id = ?")
            .param(id)
            .query(ApiTokens::token)
            .single(),
        secret);
  }

  /** All tokens, also those that are no longer good, by name. */
  public List<ApiToken> all() {
    return sql.sql("select " + COLUMNS + " from reading.api_token order by lower(name), created_at")
        .query(ApiTokens::token)
        .list();
  }

  /** Ends the token in use that has this name (TR-0074). */
  @Transactional
  public void revoke(String name) {
    if (sql.sql(REVOKE).param(name).update() == 0) {
      throw new ProblemException(ProblemCode.TOKEN_UNKNOWN);
    }
  }

  /** The token of a secret, whether or not it is still good. */
  Optional<ApiToken> bySecret(String secret) {
    if (!TOKEN.matcher(secret).matches()) {
      return Optional.empty();
    }
    return sql.sql("select " + COLUMNS + " from reading.api_token where token_hash = ?")
        .param(hash(secret))
        .query(ApiTokens::token)
        .optional();
  }

  /** Notes that it was used, at most once an hour. */
  void used(ApiToken token, Instant now) {
    Instant last = token.lastUsedAt();
    if (last == null || last.isBefore(now.minusSeconds(3600))) {
      sql.sql(USED).param("now", now.atOffset(ZoneOffset.UTC)).param("id", token.id()).update();
    }
  }

  private static ApiToken token(ResultSet row, int number) throws SQLException {
    Set<TokenRight> rights = EnumSet.noneOf(TokenRight.class);
    Array array = row.getArray("rights");
    Arrays.stream((String[]) array.getArray()).map(TokenRight::valueOf).forEach(rights::add);
    return new ApiToken(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getObject("person_id", UUID.class),
        rights,
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "expires_at"),
        instant(row, "revoked_at"),
        instant(row, "last_used_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** SHA-256; there is nothing to guess in 256 random bits, so no slow hash is needed. */
  static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
