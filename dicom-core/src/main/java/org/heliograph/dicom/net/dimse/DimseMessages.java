package org.heliograph.dicom.net.dimse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomFormatException;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.net.ul.Association;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;
import org.heliograph.dicom.net.ul.Association.Wait;
import org.heliograph.dicom.net.ul.AssociationException;
import org.heliograph.dicom.net.ul.Pdu;
import org.jspecify.annotations.Nullable;

/** Puts DIMSE messages together from PDVs and takes them apart (PS3.7 6.3, PS3.8 Annex E). */
final class DimseMessages {
  private static final int MAX_COMMAND_BYTES = 64 * 1024;
  private static final int MAX_COMMAND_FRAGMENTS = 4096;

  private final Association association;
  private final MessageLimits limits;

  DimseMessages(Association association, MessageLimits limits) {
    this.association = association;
    this.limits = limits;
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

  /** Whether {@link #next} would not have to wait for its first bytes. */
  boolean hasIncoming() {
    return association.hasIncoming();
  }

  /** The same, waiting for so long; true too if we are shutting down. */
  boolean hasIncoming(Duration within) {
    return association.hasIncoming(within);
  }

  /** Ends the association because the peer broke the protocol; the exception is to be thrown. */
  AssociationException violation(String message) {
    return association.violation(message);
  }

  boolean isOpen() {
    return association.isOpen();
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
  DatasetInputStream dataset(AcceptedContext context) {
    return new DatasetInputStream(association, context.id(), limits.maxDatasetBytes());
  }

  /** Skips the data set of a message, if it has one. */
  void skipDataset(Incoming message) throws IOException {
    if (message.command().hasDataSet()) {
      try (var dataset = dataset(message.context())) {
        dataset.drain();
      }
    }
  }

  /** A data set that could not be taken into memory; it was skipped. */
  static final class UnreadableDataset extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean tooLong;

    UnreadableDataset(boolean tooLong) {
      super(tooLong ? "data set too long" : "data set cannot be read");
      this.tooLong = tooLong;
    }

    boolean isTooLong() {
      return tooLong;
    }
  }

  /** Reads a whole data set into memory: an identifier, attribute list or the like. */
  Dataset readDataset(AcceptedContext context) throws IOException, UnreadableDataset {
    byte[] bytes;
    try (var in = dataset(context)) {
      bytes = in.readNBytes(limits.maxIdentifierBytes() + 1);
      in.drain();
    }
    if (bytes.length > limits.maxIdentifierBytes()) {
      throw new UnreadableDataset(true);
    }
    var options =
        ReadOptions.defaults()
            .withMaxInMemoryValueBytes(limits.maxIdentifierBytes())
            .withMaxTotalInMemoryBytes(32L * limits.maxIdentifierBytes());
    try {
      return DicomReader.readDataset(
              new ByteArrayInputStream(bytes), TransferSyntax.of(context.transferSyntax()), options)
          .dataset();
    } catch (DicomFormatException _) {
      throw new UnreadableDataset(false);
    }
  }

  /** Sends a command without data set. */
  void send(AcceptedContext context, CommandSet command) throws IOException {
    command.withoutDataSet();
    association.send(context.id(), Pdu.Pdv.Kind.COMMAND, command.encode());
    association.flush();
  }

  /** Sends a command and a data set that is in memory. */
  void send(AcceptedContext context, CommandSet command, Dataset dataset) throws IOException {
    var bytes = new ByteArrayOutputStream();
    DicomWriter.writeDataset(
        bytes, TransferSyntax.of(context.transferSyntax()), dataset, BulkSource.NONE);
    command.withDataSet();
    association.send(context.id(), Pdu.Pdv.Kind.COMMAND, command.encode());
    association.send(context.id(), Pdu.Pdv.Kind.DATASET, bytes.toByteArray());
    association.flush();
  }

  /**
   * Sends a command and a data set as it comes. Half a data set cannot be taken back: if the stream
   * breaks, the association is aborted.
   */
  void send(AcceptedContext context, CommandSet command, InputStream dataset) throws IOException {
    try {
      command.withDataSet();
      association.send(context.id(), Pdu.Pdv.Kind.COMMAND, command.encode());
      association.send(context.id(), Pdu.Pdv.Kind.DATASET, dataset);
      association.flush();
    } catch (IOException | RuntimeException e) {
      association.abort();
      throw e;
    }
  }
}
