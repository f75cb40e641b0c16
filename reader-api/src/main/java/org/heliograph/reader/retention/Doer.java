package org.heliograph.reader.retention;

import java.util.UUID;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.audit.AuditEvent;
import org.jspecify.annotations.Nullable;

/**
 * Who does something to what is stored.
 *
 * @param personId null at the console
 * @param address null for that of the web request
 */
public record Doer(@Nullable UUID personId, String name, @Nullable String address) {
  /** The operator at the command line. */
  public static final Doer CONSOLE = new Doer(null, "console", "127.0.0.1");

  public static Doer of(Person person) {
    return new Doer(person.id(), person.displayName(), null);
  }

  AuditEvent by(AuditEvent event) {
    if (address == null) {
      return event; // the trail knows the session
    }
    return event.by(personId, name).from(address);
  }
}
