package org.heliograph.node.status;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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
              "GW-SPOOL-UNKNOWN-DOCUMENT",
              "A photo or PDF was found after a fault, and nothing says whose it is.",
              "Put it into the watched folder again; it lies in the folder damaged."),
          entry(
              "GW-SPOOL-READ",
              "The disk could not be read while a parcel was packed or sent.",
              "It is tried again; have the disk checked if it stays."),
          entry(
              "GW-SPOOL-WRITE",
              "The disk could not be written while a parcel was packed or sent.",
              "It is tried again; see whether the disk is full."),
          entry(
              "GW-RECEIPT-DIFFERS",
              "The hub's receipt is for other bytes than were sent.",
              "Try again; if it stays, tell the coordinator."),
          entry("GW-REFUSED", "The hub does not take it, and does not say why.", COORDINATOR),
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
              "Check hub.links in the settings."),
          entry("GW-HUB-429", "The hub serves others just now.", BY_ITSELF),
          entry(
              "GW-ANSWER-TOO-LARGE",
              "The worklist or configuration of the hub is larger than a gateway takes.",
              "The older one stays in use; tell the coordinator."),
          entry(
              "GW-ANSWER-UNREADABLE",
              "The worklist or configuration of the hub cannot be read.",
              "The older one stays in use; tell the coordinator."),
          entry("GW-BUSY", "Another request writes to the same part at the hub.", BY_ITSELF),
          entry("GW-CHECKSUM", "Bytes changed on the way; the hub did not keep them.", BY_ITSELF),
          entry(
              "GW-OFFSET",
              "The hub has another number of bytes than was thought; sending goes on from there.",
              BY_ITSELF),
          entry(
              "GW-OVER",
              "The hub says that the parcel is over, though not all of it was confirmed.",
              BY_ITSELF),
          entry(
              "GW-UNKNOWN", "The hub does not know the parcel; it is announced again.", BY_ITSELF),
          entry(
              "GW-MESSAGE-NOT-APPLIED",
              "Something that the hub told could not be kept.",
              "See whether the disk is full; it is asked for again."),
          entry(
              "GW-REPORT-ANNOUNCEMENT",
              "The hub announced a report in a form that this version does not know.",
              "Update the gateway; the report is at the hub."),
          entry("GW-REPORT-DAMAGED", "The report's file is not what is on its label.", COORDINATOR),
          entry(
              "GW-REPORT-DIGEST",
              "The report came several times with other bytes than were announced.",
              COORDINATOR),
          entry(
              "GW-REPORT-FAULT",
              "The report could not be given to the PACS or the folder.",
              "Check reports.pacs and reports.folder, then try again."),
          entry("GW-REPORT-GONE", "The hub does not have the report any more.", COORDINATOR),
          entry(
              "GW-STEP-REFUSED",
              "The hub does not take a performed procedure step.",
              "Look at the study on the modality; the images are not held up."));

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

  /** All of the gateway's own, in the order of their names. */
  static SortedMap<String, GatewayCode> all() {
    return new TreeMap<>(ALL);
  }
}
