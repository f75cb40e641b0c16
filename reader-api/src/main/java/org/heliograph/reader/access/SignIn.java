package org.heliograph.reader.access;

import java.time.Instant;
import java.util.Optional;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditOutcome;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.stereotype.Component;

/**
 * Signing in and out, on record. A wrong password and an unknown name look alike, also in time: a
 * hash is computed in both cases.
 */
@Component
class SignIn {
  private final People people;
  private final Passwords passwords;
  private final AttemptLimit attempts;
  private final AuditTrail audit;

  SignIn(People people, Passwords passwords, AttemptLimit attempts, AuditTrail audit) {
    this.people = people;
    this.passwords = passwords;
    this.attempts = attempts;
    this.audit = audit;
  }

  /** Who has signed in, and since when the password is the one that was right. */
  record Entry(Person person, Instant passwordChangedAt) {}

  Entry signIn(String login, char[] password) {
    attempts.begin(login);
    Optional<Person> person = people.byLogin(login);
    // Before the hash: a password that is changed in between is not taken for the new one.
    Instant changedAt =
        person.map(found -> people.passwordChangedAt(found.id())).orElse(Instant.EPOCH);
    String hash = person.flatMap(found -> people.passwordHash(found.id())).orElse(null);
    if (!passwords.matches(password, hash)) {
      // The name is recorded only if it is one: people type passwords into the wrong field.
      audit.record(
          event("SIGN_IN")
              .outcome(AuditOutcome.SERIOUS_FAILURE)
              .by(person.map(Person::id).orElse(null), person.map(Person::login).orElse("?")));
      throw new ProblemException(ProblemCode.SIGN_IN_FAILED);
    }
    attempts.succeeded(login);
    Person found = person.orElseThrow();
    audit.record(event("SIGN_IN").by(found.id(), found.login()));
    return new Entry(found, changedAt);
  }

  void signOut(Person person) {
    audit.record(event("SIGN_OUT").by(person.id(), person.login()));
  }

  private static AuditEvent event(String detail) {
    return AuditEvent.of(AuditKind.USER_AUTHENTICATION, AuditAction.EXECUTE).detail(detail);
  }
}
