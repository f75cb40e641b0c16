package org.heliograph.dicom.net.ul;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes the content of PDUs. Every length is checked against what encloses it before anything is
 * made of it.
 */
public final class PduDecoder {
  private static final int MAX_CONTEXTS = 128;
  private static final int MAX_TRANSFER_SYNTAXES = 256;
  private static final int MAX_SUB_ITEMS = 1024;

  private PduDecoder() {}

  /**
   * Decodes one PDU.
   *
   * @param body the bytes after the six of the header; P-DATA values stay views of it
   */
  public static Pdu decode(int type, ByteBuffer body) throws PduFormatException {
    return switch (type) {
      case 0x01 -> associateRq(body);
      case 0x02 -> associateAc(body);
      case 0x03 -> {
        need(body, 4, "A-ASSOCIATE-RJ");
        yield new Pdu.AssociateRj(u8(body, 1), u8(body, 2), u8(body, 3));
      }
      case 0x04 -> pData(body);
      case 0x05 -> new Pdu.ReleaseRq();
      case 0x06 -> new Pdu.ReleaseRp();
      case 0x07 -> {
        need(body, 4, "A-ABORT");
        yield new Pdu.Abort(u8(body, 2), u8(body, 3));
      }
      default -> new Pdu.UnknownPdu(type);
    };
  }

  private static Pdu.AssociateRq associateRq(ByteBuffer body) throws PduFormatException {
    need(body, 68, "A-ASSOCIATE-RQ");
    var version = body.getShort() & 0xffff;
    body.getShort();
    var called = aeTitle(body);
    var calling = aeTitle(body);
    body.position(body.position() + 32);
    var applicationContext = "";
    var contexts = new ArrayList<Pdu.ProposedContext>();
    var info = new UserInformationDecoder();
    while (body.hasRemaining()) {
      var item = item(body);
      switch (item.type()) {
        case 0x10 -> applicationContext = text(item.content());
        case 0x20 -> {
          if (contexts.size() == MAX_CONTEXTS) {
            throw invalid("more than 128 presentation contexts");
          }
          contexts.add(proposedContext(item.content()));
        }
        case 0x50 -> info.read(item.content());
        default -> {} // PS3.8 9.3.1: unrecognized items are ignored
      }
    }
    return new Pdu.AssociateRq(
        version, called, calling, applicationContext, contexts, info.toUserInformation());
  }

  private static Pdu.AssociateAc associateAc(ByteBuffer body) throws PduFormatException {
    need(body, 68, "A-ASSOCIATE-AC");
    var version = body.getShort() & 0xffff;
    body.getShort();
    var called = aeTitle(body);
    var calling = aeTitle(body);
    body.position(body.position() + 32);
    var applicationContext = "";
    var contexts = new ArrayList<Pdu.ContextResult>();
    var info = new UserInformationDecoder();
    while (body.hasRemaining()) {
      var item = item(body);
      switch (item.type()) {
        case 0x10 -> applicationContext = text(item.content());
        case 0x21 -> {
          if (contexts.size() == MAX_CONTEXTS) {
            throw invalid("more than 128 presentation contexts");
          }
          contexts.add(contextResult(item.content()));
        }
        case 0x50 -> info.read(item.content());
        default -> {} // PS3.8 9.3.1: unrecognized items are ignored
      }
    }
    return new Pdu.AssociateAc(
        version, called, calling, applicationContext, contexts, info.toUserInformation());
  }

  private static Pdu.ProposedContext proposedContext(ByteBuffer content) throws PduFormatException {
    need(content, 4, "presentation context item");
    var id = u8(content, 0);
    if (id % 2 == 0) {
      throw invalid("presentation context id " + id + " is even");
    }
    content.position(content.position() + 4);
    var abstractSyntax = "";
    var transferSyntaxes = new ArrayList<String>();
    while (content.hasRemaining()) {
      var item = item(content);
      if (item.type() == 0x30) {
        abstractSyntax = text(item.content());
      } else if (item.type() == 0x40) {
        if (transferSyntaxes.size() == MAX_TRANSFER_SYNTAXES) {
          throw invalid("more than 256 transfer syntaxes in a presentation context");
        }
        transferSyntaxes.add(text(item.content()));
      }
    }
    return new Pdu.ProposedContext(id, abstractSyntax, transferSyntaxes);
  }

  private static Pdu.ContextResult contextResult(ByteBuffer content) throws PduFormatException {
    need(content, 4, "presentation context item");
    var id = u8(content, 0);
    var code = u8(content, 2);
    var results = Pdu.ContextResult.Result.values();
    if (code >= results.length) {
      throw invalid("presentation context result " + code);
    }
    content.position(content.position() + 4);
    var transferSyntax = "";
    while (content.hasRemaining()) {
      var item = item(content);
      if (item.type() == 0x40) {
        transferSyntax = text(item.content());
      }
    }
    return new Pdu.ContextResult(id, results[code], transferSyntax);
  }

  private static Pdu.PData pData(ByteBuffer body) throws PduFormatException {
    var values = new ArrayList<Pdu.Pdv>(1);
    while (body.hasRemaining()) {
      need(body, 6, "presentation data value item");
      long length = body.getInt() & 0xffff_ffffL;
      if (length < 2 || length > body.remaining()) {
        throw invalid("PDV length " + length + ", " + body.remaining() + " bytes left in its PDU");
      }
      var content = body.slice(body.position() + 2, (int) length - 2);
      var id = u8(body, 0);
      var control = u8(body, 1);
      values.add(
          new Pdu.Pdv(
              id,
              (control & 1) != 0 ? Pdu.Pdv.Kind.COMMAND : Pdu.Pdv.Kind.DATASET,
              (control & 2) != 0 ? Pdu.Pdv.Position.LAST : Pdu.Pdv.Position.MORE,
              content));
      body.position(body.position() + (int) length);
    }
    if (values.isEmpty()) {
      throw invalid("P-DATA-TF without a presentation data value");
    }
    return new Pdu.PData(values);
  }

  /** An item or sub-item: type, reserved, 16 bit length, content. */
  record Item(int type, ByteBuffer content) {}

  static Item item(ByteBuffer body) throws PduFormatException {
    need(body, 4, "item header");
    var type = u8(body, 0);
    body.getShort();
    var length = body.getShort() & 0xffff;
    if (length > body.remaining()) {
      throw invalid(
          "item of type "
              + Integer.toHexString(type)
              + "H has length "
              + length
              + ", "
              + body.remaining()
              + " bytes are left");
    }
    var content = body.slice(body.position(), length);
    body.position(body.position() + length);
    return new Item(type, content);
  }

  /** A text field, without the padding that some peers add. */
  static String text(ByteBuffer content) {
    var bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    var end = bytes.length;
    while (end > 0 && (bytes[end - 1] == 0 || bytes[end - 1] == ' ')) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1).strip();
  }

  static String text16(ByteBuffer content) throws PduFormatException {
    return text(sized16(content));
  }

  static ByteBuffer sized16(ByteBuffer content) throws PduFormatException {
    need(content, 2, "length field");
    var length = content.getShort() & 0xffff;
    need(content, length, "field of length " + length);
    var field = content.slice(content.position(), length);
    content.position(content.position() + length);
    return field;
  }

  /** A copy that outlives the receive buffer. */
  static ByteBuffer copy(ByteBuffer content) {
    var bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  static int u8(ByteBuffer buffer, int offset) {
    return buffer.get(buffer.position() + offset) & 0xff;
  }

  static void need(ByteBuffer buffer, int bytes, String what) throws PduFormatException {
    if (buffer.remaining() < bytes) {
      throw invalid(what + ": " + buffer.remaining() + " bytes left, " + bytes + " needed");
    }
  }

  static PduFormatException invalid(String message) {
    return new PduFormatException(AbortReason.INVALID_PDU_PARAMETER_VALUE, message);
  }

  private static String aeTitle(ByteBuffer body) {
    var field = body.slice(body.position(), 16);
    body.position(body.position() + 16);
    return text(field);
  }

  static <T> void addBounded(List<T> list, T value) throws PduFormatException {
    if (list.size() == MAX_SUB_ITEMS) {
      throw invalid("more than 1024 sub-items of one type");
    }
    list.add(value);
  }
}
