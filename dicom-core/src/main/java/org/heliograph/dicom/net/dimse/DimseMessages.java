package org.heliograph.dicom.net.dimse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.heliograph.dicom.net.ul.Association;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;
import org.heliograph.dicom.net.ul.Association.Wait;
import org.heliograph.dicom.net.ul.Pdu;
import org.jspecify.annotations.Nullable;

/** Puts DIMSE messages together from PDVs and takes them apart (PS3.7 6.3, PS3.8 Annex E). */
final class DimseMessages {
  private static final int MAX_COMMAND_BYTES = 64 * 1024;
  private static final int MAX_COMMAND_FRAGMENTS = 4096;

  private final Association association;

  DimseMessages(Association association) {
    this.association = association;
  }

  /** A command set and the context it came in. */
  record Incoming(AcceptedContext context, CommandSet command) {}

  /** The next command set, or null if the peer asks for release. */
  @Nullable Incoming next(Wait wait) throws IOException {
    var value = association.next(wait);
    if (value == null) {
      return null;
    }
    var id = value.contextId();
    var context = association.acceptedContext(id);
    if (context == null) {
      throw association.violation("presentation context " + id + " was not accepted");
    }
    return new Incoming(context, command(value));
  }

  private CommandSet command(Pdu.Pdv first) throws IOException {
    var bytes = new ByteArrayOutputStream(256);
    var value = first;
    for (var fragments = 1; ; fragments++) {
      if (value.kind() != Pdu.Pdv.Kind.COMMAND || value.contextId() != first.contextId()) {
        throw association.violation("a command set was expected");
      }
      if (bytes.size() + value.data().remaining() > MAX_COMMAND_BYTES
          || fragments > MAX_COMMAND_FRAGMENTS) {
        throw association.violation("command set exceeds " + MAX_COMMAND_BYTES + " bytes");
      }
      var fragment = new byte[value.data().remaining()];
      value.data().get(fragment);
      bytes.writeBytes(fragment);
      if (value.isLast()) {
        break;
      }
      var following = association.next(Wait.WITHIN_MESSAGE);
      if (following == null) {
        throw association.violation("release within a command set");
      }
      value = following;
    }
    try {
      return CommandSet.decode(ByteBuffer.wrap(bytes.toByteArray()));
    } catch (CommandSet.Malformed e) {
      throw association.violation(String.valueOf(e.getMessage()));
    }
  }

  /** The data set that follows a command in the same context. */
  DatasetInputStream dataset(AcceptedContext context, long maxBytes) {
    return new DatasetInputStream(association, context.id(), maxBytes);
  }

  /** Sends a command without data set. */
  void send(AcceptedContext context, CommandSet command) throws IOException {
    association.send(context.id(), Pdu.Pdv.Kind.COMMAND, command.encode());
    association.flush();
  }
}
