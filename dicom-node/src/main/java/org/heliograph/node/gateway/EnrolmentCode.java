package org.heliograph.node.gateway;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one-time code of the site's page: {@code hge1.} and, in Base64 for URLs, where the hub is, a
 * secret, and which certificate the hub will show.
 *
 * @param hubs in the order of cost
 * @param pin SHA-256 of the certificate's SubjectPublicKeyInfo, hexadecimal; empty for whom Java
 *     trusts
 */
record EnrolmentCode(List<URI> hubs, String secret, String pin) {
  private static final String PREFIX = "hge1.";
  private static final int MOST_CHARACTERS = 8_192;

  EnrolmentCode {
    hubs = List.copyOf(hubs);
  }

  /**
   * Reads what a person pasted; line breaks and blanks inside do no harm.
   *
   * @throws CommandException it is no such code
   */
  static EnrolmentCode parse(String pasted) {
    String text = pasted.replaceAll("\\s", "");
    if (text.startsWith(PREFIX) && text.length() <= MOST_CHARACTERS) {
      try {
        byte[] decoded = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
        JsonNode json = JsonMapper.shared().readTree(new String(decoded, StandardCharsets.UTF_8));
        List<URI> hubs = new ArrayList<>();
        for (JsonNode hub : json.path("u")) {
          hubs.add(SettingsValues.links(hub.asString("")).getFirst().hub());
        }
        String secret = json.path("c").asString("");
        String pin = json.path("p").asString("");
        if (!hubs.isEmpty() && !secret.isEmpty()) {
          return new EnrolmentCode(hubs, secret, pin.isEmpty() ? "" : SettingsValues.digest(pin));
        }
      } catch (IllegalArgumentException
          | JacksonException
          | java.util.NoSuchElementException
          | SettingsValues.NotUsableException e) {
        // Said below.
      }
    }
    throw new CommandException(
        ExitCode.USAGE,
        "This is no enrolment code, or not all of it. Copy the whole text from the hub's page of"
            + " the site; it begins with "
            + PREFIX);
  }

  /** The secret is not shown. */
  @Override
  public String toString() {
    return "EnrolmentCode" + hubs;
  }
}
