package org.heliograph.dicom.net.ul;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts messages into P-DATA-TF PDUs of one presentation data value each, as long as the peer takes
 * (PS3.8 Annex E), and writes as many as fit a buffer at once, so that a command and its small data
 * set leave in one segment.
 */
final class PDataWriter {
  private static final int HEADER_BYTES = 12;
  private static final int COMMAND_ROOM_BYTES = 1024;
  private static final int SMALLEST_FRAGMENT_BYTES = 2;
  private static final int LARGEST_FRAGMENT_BYTES = 128 * 1024;

  /** Puts bytes on the wire. */
  interface Wire {
    void write(byte[] bytes, int offset, int length) throws IOException;
  }

  private final Wire wire;
  private final int fragmentBytes;
  private byte[] buffer = new byte[COMMAND_ROOM_BYTES];
  private int used;

  PDataWriter(long peerMaxPduLengthBytes, Wire wire) {
    this.wire = wire;
    fragmentBytes = fragmentBytes(peerMaxPduLengthBytes);
  }

  /** The longest even fragment whose PDU the peer takes; 0 means no limit (PS3.8 D.1). */
  static int fragmentBytes(long peerMaxPduLengthBytes) {
    if (peerMaxPduLengthBytes == 0) {
      return LARGEST_FRAGMENT_BYTES;
    }
    var fits = Math.min(LARGEST_FRAGMENT_BYTES, peerMaxPduLengthBytes - 6) & ~1L;
    return (int) Math.max(SMALLEST_FRAGMENT_BYTES, fits);
  }

  /** Short content from memory: the buffer grows no further than it needs. */
  void write(int contextId, Pdu.Pdv.Kind kind, byte[] content) throws IOException {
    if (content.length > fragmentBytes) {
      write(contextId, kind, new ByteArrayInputStream(content));
      return;
    }
    makeRoom(HEADER_BYTES + content.length);
    header(contextId, PduEncoder.controlHeader(kind, Pdu.Pdv.Position.LAST), content.length);
    System.arraycopy(content, 0, buffer, used + HEADER_BYTES, content.length);
    used += HEADER_BYTES + content.length;
  }

  void write(int contextId, Pdu.Pdv.Kind kind, InputStream content) throws IOException {
    if (buffer.length < COMMAND_ROOM_BYTES + HEADER_BYTES + fragmentBytes + 1) {
      buffer = Arrays.copyOf(buffer, COMMAND_ROOM_BYTES + HEADER_BYTES + fragmentBytes + 1);
    }
    var lookahead = -1;
    while (true) {
      // A fragment goes behind what waits in the buffer if it fits; a spare byte tells whether more
      // follows.
      makeRoom(HEADER_BYTES + fragmentBytes + 1);
      var start = used + HEADER_BYTES;
      var length = 0;
      if (lookahead >= 0) {
        buffer[start] = (byte) lookahead;
        length = 1;
      }
      length += content.readNBytes(buffer, start + length, fragmentBytes + 1 - length);
      var last = length <= fragmentBytes;
      if (!last) {
        length = fragmentBytes;
        lookahead = buffer[start + length] & 0xff;
      }
      header(
          contextId,
          PduEncoder.controlHeader(kind, last ? Pdu.Pdv.Position.LAST : Pdu.Pdv.Position.MORE),
          length);
      used = start + length;
      if (last) {
        return;
      }
    }
  }

  private void makeRoom(int bytes) throws IOException {
    if (buffer.length - used < bytes) {
      flush();
      if (buffer.length < bytes) {
        buffer = new byte[bytes];
      }
    }
  }

  private void header(int contextId, int control, int length) {
    var at = used;
    buffer[at++] = 0x04;
    buffer[at++] = 0;
    at = u32(at, length + 6);
    at = u32(at, length + 2);
    buffer[at++] = (byte) contextId;
    buffer[at] = (byte) control;
  }

  private int u32(int at, int value) {
    buffer[at] = (byte) (value >>> 24);
    buffer[at + 1] = (byte) (value >>> 16);
    buffer[at + 2] = (byte) (value >>> 8);
    buffer[at + 3] = (byte) value;
    return at + 4;
  }

  void flush() throws IOException {
    if (used > 0) {
      var length = used;
      used = 0;
      wire.write(buffer, 0, length);
    }
  }
}
