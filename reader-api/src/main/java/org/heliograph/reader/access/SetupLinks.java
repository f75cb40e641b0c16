package org.heliograph.reader.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one-time link with which the first administrator is made: 256 random bits, kept as a hash,
 * good for a day, once, and only while nobody can sign in. A new link makes older ones worthless.
 */
@Component
public class SetupLinks {
  private static final String USE =
      """
      update reading.setup_link set used_at = now()
      where token_hash = ? and used_at is null and created_at > now() - interval '1 day'
      """;

  private final JdbcClient sql;
  private final People people;
  private final AuditTrail audit;
  private final SecureRandom random = new SecureRandom();

  SetupLinks(JdbcClient sql, People people, AuditTrail audit) {
    this.sql = sql;
    this.people = people;
    this.audit = audit;
  }

  /** A new token, unless somebody can sign in already. */
  @Transactional
  public Optional<String> issueIfNobody() {
    if (!people.isEmpty()) {
      return Optional.empty();
    }
    byte[] token = new byte[32];
    random.nextBytes(token);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    sql.sql("delete from reading.setup_link where used_at is null").update();
    sql.sql("insert into reading.setup_link (token_hash) values (?)").param(hash(text)).update();
    return Optional.of(text);
  }

  /** Makes the first administrator; the link is used up. */
  @Transactional
  public Person use(String token, NewPerson administrator, char[] password) {
    // Two at once: the second waits for the first and finds the link used.
    boolean valid = sql.sql(USE).param(hash(token)).update() == 1;
    if (!valid || !people.isEmpty()) {
      throw new ProblemException(ProblemCode.SETUP_LINK_INVALID);
    }
    Person person = people.add(administrator, password);
    audit.record(
        AuditEvent.of(AuditKind.SECURITY_ALERT, AuditAction.CREATE)
            .about("person", person.id())
            .detail("SETUP_LINK_USED")
            .by(person.id(), person.login()));
    return person;
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
