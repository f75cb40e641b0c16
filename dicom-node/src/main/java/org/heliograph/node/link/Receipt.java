package org.heliograph.node.link;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * The hub's signed word for one object. A gateway may delete its copy only with a receipt whose
 * signature and digest are right and whose outcome says that the bytes are kept.
 *
 * @param object the SOP Instance UID, or the id of a document
 * @param digest of the manifest: exactly these bytes
 * @param storedAt by the hub's clock
 * @param code why it was refused, a code of the hub's list; empty otherwise
 * @param signature Ed25519 over {@link #signedBytes}, Base64
 */
public record Receipt(
    UUID parcel,
    String object,
    String digest,
    Outcome outcome,
    Instant storedAt,
    String code,
    String signature) {
  /** What became of it. */
  public enum Outcome {
    /** It is in the archive, now or before: exactly these bytes, or what they were recoded from. */
    STORED,
    /** It is kept apart for a person to look at. */
    QUARANTINED,
    /** It is not kept; the gateway keeps it and shows it to a person. */
    REFUSED
  }

  /** What the signature covers. */
  public byte[] signedBytes(UUID gateway) {
    return String.join(
            "\n",
            "heliograph-receipt-1",
            gateway.toString(),
            parcel.toString(),
            object,
            digest,
            outcome.name(),
            storedAt.toString(),
            code)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** UIDs identify a patient's study, so they are not shown. */
  @Override
  public String toString() {
    return "Receipt[" + parcel + " " + outcome + "]";
  }
}
