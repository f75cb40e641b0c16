package org.heliograph.reader.access;

import java.util.Arrays;
import org.springframework.stereotype.Component;

/**
 * Asks a person who is signed in for the password once more, as a signature needs. Wrong passwords
 * count against the same limit as wrong sign-ins.
 */
@Component
public final class PasswordCheck {
  private final People people;
  private final Passwords passwords;
  private final AttemptLimit attempts;

  PasswordCheck(People people, Passwords passwords, AttemptLimit attempts) {
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
      attempts.check(person.login());
      boolean right = passwords.matches(password, people.passwordHash(person.id()).orElse(null));
      if (right) {
        attempts.succeeded(person.login());
      } else {
        attempts.failed(person.login());
      }
      return right;
    } finally {
      Arrays.fill(password, '\0');
    }
  }
}
