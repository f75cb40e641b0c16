package org.heliograph.node.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.heliograph.node.forward.HubAccess;
import org.heliograph.node.forward.Route;
import org.heliograph.node.gateway.GatewaySettings.Link;
import org.jspecify.annotations.Nullable;

/** The ways to the hub, of the settings or else of the enrolment. */
final class HubAccesses {
  static final String PASSWORD = "HELIOGRAPH_GATEWAY_KEY_PASSWORD";

  private HubAccesses() {}

  static HubAccess of(
      GatewaySettings settings,
      Map<String, String> environment,
      List<URI> enrolled,
      String pin,
      String token)
      throws IOException {
    List<Link> links = settings.hub().links();
    if (links.isEmpty()) {
      links = enrolled.stream().map(hub -> new Link(hub, null)).toList();
    }
    List<Route> routes = new ArrayList<>();
    for (Link link : links) {
      int cost = routes.size() + 1;
      routes.add(new Route("link " + cost, link.hub(), link.source(), cost));
    }
    return new HubAccess(
        routes,
        token,
        Objects.requireNonNullElse(settings.hub().pin(), pin),
        trust(settings.hub().trust()),
        clientKey(settings.hub().clientKey(), environment));
  }

  private static @Nullable KeyStore trust(@Nullable Path file) throws IOException {
    if (file == null) {
      return null;
    }
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + store.size(), each);
      }
      if (store.size() > 0) {
        return store;
      }
    } catch (IOException | GeneralSecurityException e) {
      // Said below.
    }
    throw new CommandException(
        ExitCode.CANNOT_START,
        "hub.trust: the file " + file + " cannot be read or has no certificate in PEM.");
  }

  private static HubAccess.@Nullable ClientKey clientKey(
      @Nullable Path file, Map<String, String> environment) throws IOException {
    if (file == null) {
      return null;
    }
    String password = environment.getOrDefault(PASSWORD, "");
    try {
      return new HubAccess.ClientKey(
          KeyStore.getInstance(file.toFile(), password.toCharArray()), password);
    } catch (IOException | GeneralSecurityException e) {
      throw new CommandException(
          ExitCode.CANNOT_START,
          "hub.client-key: the file "
              + file
              + " is no PKCS#12 file that the password in "
              + PASSWORD
              + " opens.");
    }
  }
}
