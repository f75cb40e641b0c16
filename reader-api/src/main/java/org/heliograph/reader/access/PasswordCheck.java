package org.heliograph.reader.access;

import java.util.Arrays;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditOutcome;
import org.heliograph.reader.audit.AuditTrail;
import org.springframework.stereotype.Component;

/**
 * Asks a person who is signed in for the password once more, as a signature needs. Wrong passwords
 * count against the same limit as wrong sign-ins, and are on record as these are.
 */
@Component
public final class PasswordCheck {
  private final People people;
  private final Passwords passwords;
  private final AttemptLimit attempts;
  private final AuditTrail audit;

  PasswordCheck(People people, Passwords passwords, AttemptLimit attempts, AuditTrail audit) {
    this.audit = audit;
    this.people = people;
    this.passwords = passwords;
    this.attempts = attempts;
  }

  /**
   * Whether this is the person's password; the array is wiped.
   *
   * @throws org.heliograph.reader.problem.ProblemException TR-0012 after too many wrong ones
   */
  public boolean confirm(Person person, char[] password) {
    try {
      attempts.begin(person.login());
      boolean right = passwords.matches(password, people.passwordHash(person.id()).orElse(null));
      if (right) {
        attempts.succeeded(person.login());
      } else {
        audit.record(
            AuditEvent.of(AuditKind.USER_AUTHENTICATION, AuditAction.EXECUTE)
                .outcome(AuditOutcome.SERIOUS_FAILURE)
                .by(person.id(), person.login())
                .detail("PASSWORD_AGAIN"));
      }
      return right;
    } finally {
      Arrays.fill(password, '\0');
    }
  }
}
