package org.heliograph.node.forward;

import java.security.KeyStore;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the hub is and how each proves who it is.
 *
 * @param routes at least one; sorted by cost
 * @param token {@code hgg_…}; empty before enrolment
 * @param pin SHA-256 of the hub certificate's SubjectPublicKeyInfo, hexadecimal; empty if the
 *     system's authorities and the host's name decide
 * @param trust the authorities to trust in place of the system's; null for those
 * @param clientKey key and certificate for mutual TLS; null without
 */
public record HubAccess(
    List<Route> routes,
    String token,
    String pin,
    @Nullable KeyStore trust,
    @Nullable ClientKey clientKey) {
  public HubAccess {
    routes = routes.stream().sorted(Comparator.comparingInt(Route::cost)).toList();
    if (routes.isEmpty()) {
      throw new IllegalArgumentException("there is no way to the hub");
    }
    if (!token.matches("[\\x21-\\x7e]*") || !pin.matches("([0-9a-fA-F]{64})?")) {
      throw new IllegalArgumentException("a token has no spaces and a pin has 64 digits");
    }
  }

  /** The secrets are not shown. */
  @Override
  public String toString() {
    return "HubAccess" + routes;
  }

  /** A key store of one key, and its password. */
  public record ClientKey(KeyStore store, String password) {
    @Override
    public String toString() {
      return "ClientKey";
    }
  }
}
