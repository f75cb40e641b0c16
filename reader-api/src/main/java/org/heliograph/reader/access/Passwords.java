package org.heliograph.reader.access;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/** Argon2id, 19 MiB, two passes, one lane (the OWASP floor): about 30 ms on a small server. */
@Component
final class Passwords {
  static final int SHORTEST = 10;
  static final int LONGEST = 200;

  private static final int AT_ONCE = 8;
  private static final long PATIENCE_SECONDS = 10;

  private final Semaphore slots = new Semaphore(AT_ONCE, true);
  private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
  // Compared with when there is no such person, so that both cases take equally long.
  private final String nobody = hash(new char[] {'n', 'o', 'b', 'o', 'd', 'y'});

  String hash(char[] password) {
    String hash = encoder.encode(CharBuffer.wrap(password));
    if (hash == null) {
      throw new IllegalStateException("no hash");
    }
    return hash;
  }

  /** One hash takes 19 MiB: only so many at once, and TR-0030 for whoever would wait too long. */
  boolean matches(char[] password, @Nullable String hash) {
    boolean text = StandardCharsets.UTF_8.newEncoder().canEncode(CharBuffer.wrap(password));
    if (!acquire()) {
      throw new ProblemException(ProblemCode.BUSY, "the check of passwords");
    }
    try {
      boolean same =
          encoder.matches(text ? CharBuffer.wrap(password) : "", hash == null ? nobody : hash);
      return same && text && hash != null;
    } finally {
      slots.release();
    }
  }

  private boolean acquire() {
    try {
      return slots.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends with TR-0016 if the password is too short, too long or the login name itself. */
  void requireStrong(String login, char[] password) {
    if (password.length < SHORTEST
        || password.length > LONGEST
        || !StandardCharsets.UTF_8.newEncoder().canEncode(CharBuffer.wrap(password))
        || new String(password).equalsIgnoreCase(login)) {
      throw new ProblemException(ProblemCode.PASSWORD_TOO_WEAK, SHORTEST, LONGEST);
    }
  }
}
