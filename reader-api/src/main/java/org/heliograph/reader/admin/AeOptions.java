package org.heliograph.reader.admin;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.heliograph.reader.UsageException;
import org.heliograph.reader.sites.AeRight;
import org.heliograph.reader.sites.ApplicationEntity;

/** Where an application entity listens and what it may do, as options of a command. */
final class AeOptions {
  private AeOptions() {}

  /** Whether the command says anything of it; else it stays as it is. */
  static boolean given(Request request) {
    return request.has("--host")
        || request.has("--port")
        || request.has("--tls")
        || request.has("--may");
  }

  /** What an entity is before anything is said of it. */
  static ApplicationEntity fresh(String aeTitle) {
    return new ApplicationEntity(
        aeTitle,
        new UUID(0, 0),
        null,
        null,
        false,
        EnumSet.of(AeRight.STORE, AeRight.QUERY, AeRight.RETRIEVE));
  }

  /** The entity as the options want it; who gets an address may receive, unless told otherwise. */
  static ApplicationEntity of(Request request, ApplicationEntity known) {
    Set<AeRight> rights = EnumSet.noneOf(AeRight.class);
    if (request.has("--may")) {
      Arrays.stream(request.required("--may").split(",", -1))
          .filter(word -> !word.isBlank())
          .map(word -> Request.constant(AeRight.class, "--may", word.strip()))
          .forEach(rights::add);
    } else {
      rights.addAll(known.rights());
      if (request.has("--host")) {
        rights.add(AeRight.RECEIVE);
      }
    }
    return new ApplicationEntity(
        known.aeTitle(),
        known.siteId(),
        request.has("--host") ? request.required("--host") : known.host(),
        request.has("--port") ? Integer.valueOf(port(request.required("--port"))) : known.port(),
        request.has("--tls") || (known.tls() && !request.has("--host")),
        rights);
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new UsageException("The value of --port is not a number.");
    }
  }
}
