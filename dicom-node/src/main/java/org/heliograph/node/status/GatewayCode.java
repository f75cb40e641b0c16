package org.heliograph.node.status;

import java.util.Map;

/**
 * What each code of the gateway means to a person at the clinic. The codes never change their
 * meaning; {@code docs/gateway.md} has the same list.
 *
 * @param reason what has happened
 * @param next what to do
 */
public record GatewayCode(String reason, String next) {
  private static final String LOOK_AT_DISK =
      "Send the image again from the modality; have the disk checked.";
  private static final String BY_ITSELF = "Nothing: it goes on by itself.";
  private static final String COORDINATOR = "Ask the coordinator; then try again.";

  private static final Map<String, GatewayCode> ALL =
      Map.ofEntries(
          entry(
              "GW-SPOOL-DAMAGED",
              "The file on this disk is no longer what was received.",
              LOOK_AT_DISK),
          entry(
              "GW-SPOOL-TRUNCATED",
              "The file on this disk has not the length of what was received.",
              LOOK_AT_DISK),
          entry("GW-SPOOL-EMPTY", "The file on this disk is empty.", LOOK_AT_DISK),
          entry("GW-SPOOL-MISSING", "The file is not on this disk any more.", LOOK_AT_DISK),
          entry(
              "GW-SPOOL-FOREIGN",
              "A file lies in the spool that the gateway did not write.",
              "Look at it in the folder damaged; it was set aside, not sent."),
          entry(
              "GW-SPOOL-UNREADABLE",
              "A file was found after a fault that is no readable image.",
              "Look whether an image is missing in its study, and send that again."),
          entry(
              "GW-SPOOL-CONFLICT",
              "Another image came under the number of one that is here already.",
              "Both are kept, the first is sent. Compare them on the modality, which should give"
                  + " each image a number of its own."),
          entry(
              "GW-RECEIPT-DIFFERS",
              "The hub's receipt is for other bytes than were sent.",
              "Try again; if it stays, tell the coordinator."),
          entry("GW-LINK-DOWN", "The hub cannot be reached.", BY_ITSELF),
          entry("GW-HUB-UNREACHABLE", "The hub cannot be reached.", BY_ITSELF),
          entry(
              "GW-HUB-NOT-TRUSTED",
              "What answers at the hub's address could not prove that it is the hub.",
              "Nothing is sent. Is a proxy in between, or has the hub a new certificate? Ask the"
                  + " coordinator."),
          entry(
              "GW-HUB-ANSWER",
              "The hub's answer makes no sense.",
              "Is a proxy or a sign-in page of the network in between? It is tried again."),
          entry("GW-HUB-401", "The hub does not know this gateway's token.", COORDINATOR),
          entry("GW-HUB-403", "The hub has switched this gateway off.", COORDINATOR),
          entry(
              "GW-HUB-404",
              "The hub has not what was asked for, or is no hub for gateways.",
              "Check hub.links in the settings."));

  private static Map.Entry<String, GatewayCode> entry(String code, String reason, String next) {
    return Map.entry(code, new GatewayCode(reason, next));
  }

  /** Explains any code, also those of the hub. */
  public static GatewayCode of(String code) {
    GatewayCode known = ALL.get(code);
    if (known != null) {
      return known;
    }
    return code.startsWith("TR-")
        ? new GatewayCode(
            "The hub does not take it: " + code + ".",
            "The coordinator finds " + code + " in the list of the hub's errors.")
        : new GatewayCode("It did not work: " + code + ".", "Try again; see the gateway's log.");
  }

  /** Whether this list explains a code of the gateway's own. */
  static boolean knows(String code) {
    return ALL.containsKey(code);
  }
}
