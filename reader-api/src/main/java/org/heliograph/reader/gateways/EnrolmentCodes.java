package org.heliograph.reader.gateways;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.heliograph.node.link.Enrolment;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.sites.Site;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * One-time codes with which a gateway becomes one of a site. A code is good for seven days and for
 * one gateway; asked again with the same token it gives the same answer.
 */
@Component
public class EnrolmentCodes {
  static final Duration GOOD_FOR = Duration.ofDays(7);
  private static final Pattern TOKEN = Pattern.compile("hgg_[A-Za-z0-9_-]{43}");
  private static final Pattern URL =
      Pattern.compile("https?://[A-Za-z0-9._\\-\\[\\]:]{1,255}(/[A-Za-z0-9._~/-]{0,200})?");
  private static final Pattern PIN = Pattern.compile("([0-9a-f]{64})?");
  private static final String FIND =
      """
      select site_id, gateway_id, expires_at > clock_timestamp() as good
      from reading.gateway_code where code_hash = ? for update
      """;

  private final JdbcClient sql;
  private final SecureRandom random = new SecureRandom();

  EnrolmentCodes(JdbcClient sql) {
    this.sql = sql;
  }

  /** For commands that run without the hub's parts. */
  public static EnrolmentCodes over(DataSource database) {
    return new EnrolmentCodes(JdbcClient.create(database));
  }

  /** A code as it is told once: the text to paste. */
  public record Made(String text, Instant expiresAt) {
    /** The secret is not shown. */
    @Override
    public String toString() {
      return "Made[" + expiresAt + "]";
    }
  }

  /** Whether a text has the form of a gateway's token. */
  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /**
   * Makes a code for a site.
   *
   * @param urls the hub's own, as gateways reach it, in the order of trying
   * @param pin SHA-256 of the public key of the hub's certificate, hexadecimal, or empty
   */
  @Transactional
  public Made make(Site site, List<String> urls, String pin) {
    if (urls.isEmpty()
        || urls.size() > 5
        || !urls.stream().allMatch(u -> URL.matcher(u).matches())) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "url", "one to five such as https://hub.example.org");
    }
    if (!PIN.matcher(pin).matches()) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "pin", "64 hexadecimal digits");
    }
    byte[] bits = new byte[32];
    random.nextBytes(bits);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    Instant expires =
        sql.sql(
                """
                insert into reading.gateway_code (code_hash, site_id, expires_at)
                values (?, ?, clock_timestamp() + make_interval(secs => ?)) returning expires_at
                """)
            .params(Secrets.hash(secret), site.id(), (double) GOOD_FOR.toSeconds())
            .query(OffsetDateTime.class)
            .single()
            .toInstant();
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("u", urls);
    content.put("c", secret);
    content.put("p", pin);
    return new Made(
        "hge1."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(LinkJson.mapper().writeValueAsBytes(content)),
        expires);
  }

  private record Code(UUID siteId, @Nullable UUID gatewayId, boolean good) {}

  /** The gateway that this request enrols, or has enrolled before; empty if it may not. */
  @Transactional
  public Optional<Gateway> redeem(Enrolment.Request request) {
    byte[] hash = Secrets.hash(request.code());
    Code code =
        sql.sql(FIND)
            .param(hash)
            .query((row, n) ->
                new Code(
                    row.getObject("site_id", UUID.class),
                    row.getObject("gateway_id", UUID.class),
                    row.getBoolean("good")))
            .optional()
            .orElse(null);
    if (code == null || !isToken(request.token())) {
      return Optional.empty();
    }
    Gateway known = gateway(request.token()).orElse(null);
    if (code.gatewayId() != null) {
      return Optional.ofNullable(known)
          .filter(gateway -> gateway.id().equals(code.gatewayId()))
          .filter(gateway -> gateway.switchedOffAt() == null);
    }
    if (!code.good() || known != null) {
      return Optional.empty();
    }
    UUID id = UUID.randomUUID();
    sql.sql(
            """
            insert into reading.gateway (id, site_id, name, software, token_hash)
            values (?, ?, ?, ?, ?)
            """)
        .params(
            id,
            code.siteId(),
            freeName(request.gatewayName()),
            line(request.software(), 64),
            Secrets.hash(request.token()))
        .update();
    sql.sql("insert into reading.gateway_outbox (gateway_id) values (?)").param(id).update();
    sql.sql("update reading.gateway_code set gateway_id = ? where code_hash = ?")
        .params(id, hash)
        .update();
    return gateway(request.token());
  }

  private Optional<Gateway> gateway(String token) {
    return sql.sql("select " + Gateways.COLUMNS + " from reading.gateway g where g.token_hash = ?")
        .param(Secrets.hash(token))
        .query(Gateways::gateway)
        .optional();
  }

  /** The name it gives itself; with a number where another in use has it. */
  private String freeName(String wanted) {
    sql.sql("select pg_advisory_xact_lock(hashtextextended('gateway names', 58))")
        .query((row, n) -> true)
        .single();
    String name = line(wanted, 48).replaceAll("[^A-Za-z0-9._ -]", "").strip();
    String base = name.isEmpty() ? "gateway" : name;
    String free = base;
    for (int number = 2; isTaken(free); number++) {
      free = base + "-" + number;
    }
    return free;
  }

  private boolean isTaken(String name) {
    return sql.sql(
            """
            select exists (select 1 from reading.gateway
                           where lower(name) = lower(?) and switched_off_at is null)
            """)
        .param(name)
        .query(Boolean.class)
        .single();
  }

  private static String line(String text, int longest) {
    String plain =
        new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
            .replaceAll("\\p{Cntrl}", " ")
            .strip();
    return plain.length() <= longest ? plain : plain.substring(0, longest);
  }
}
