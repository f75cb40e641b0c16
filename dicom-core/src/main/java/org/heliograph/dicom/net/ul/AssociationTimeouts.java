package org.heliograph.dicom.net.ul;

import java.time.Duration;

/**
 * How long an association waits, and for what.
 *
 * @param connect for the TCP connection
 * @param artim the ARTIM timer (PS3.8 9.1.5): for the whole A-ASSOCIATE-RQ or its answer, for
 *     A-RELEASE-RP, and for the peer to close
 * @param pdu for each whole PDU, from its first byte to its last, reading or writing
 * @param gap between two PDUs of one message
 * @param response for an answer from the peer's DIMSE service
 * @param idle between messages, while we are the acceptor
 */
public record AssociationTimeouts(
    Duration connect,
    Duration artim,
    Duration pdu,
    Duration gap,
    Duration response,
    Duration idle) {

  public static AssociationTimeouts defaults() {
    return new AssociationTimeouts(
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofSeconds(60));
  }

  public AssociationTimeouts withArtim(Duration value) {
    return new AssociationTimeouts(connect, value, pdu, gap, response, idle);
  }

  public AssociationTimeouts withPdu(Duration value) {
    return new AssociationTimeouts(connect, artim, value, gap, response, idle);
  }

  public AssociationTimeouts withGap(Duration value) {
    return new AssociationTimeouts(connect, artim, pdu, value, response, idle);
  }

  public AssociationTimeouts withResponse(Duration value) {
    return new AssociationTimeouts(connect, artim, pdu, gap, value, idle);
  }

  public AssociationTimeouts withIdle(Duration value) {
    return new AssociationTimeouts(connect, artim, pdu, gap, response, value);
  }
}
