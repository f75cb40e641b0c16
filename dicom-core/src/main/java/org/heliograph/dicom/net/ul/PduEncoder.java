package org.heliograph.dicom.net.ul;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Encodes PDUs, big endian throughout (PS3.8 9.3.1). */
public final class PduEncoder {
  private PduEncoder() {}

  /** The whole PDU with its header. */
  public static byte[] encode(Pdu pdu) {
    return switch (pdu) {
      case Pdu.AssociateRq rq -> associateRq(rq);
      case Pdu.AssociateAc ac -> associateAc(ac);
      case Pdu.AssociateRj rj -> four(0x03, 0, rj.result(), rj.source(), rj.reason());
      case Pdu.PData data -> pData(data);
      case Pdu.ReleaseRq _ -> four(0x05, 0, 0, 0, 0);
      case Pdu.ReleaseRp _ -> four(0x06, 0, 0, 0, 0);
      case Pdu.Abort abort -> four(0x07, 0, 0, abort.source(), abort.reason());
      case Pdu.UnknownPdu unknown -> pdu(unknown.type(), new Bytes());
    };
  }

  private static byte[] four(int type, int first, int second, int third, int fourth) {
    return pdu(type, new Bytes().u8(first).u8(second).u8(third).u8(fourth));
  }

  private static byte[] pdu(int type, Bytes body) {
    var content = body.toByteArray();
    return new Bytes().u8(type).u8(0).u32(content.length).raw(content).toByteArray();
  }

  private static byte[] associateRq(Pdu.AssociateRq rq) {
    var body = head(rq.protocolVersion(), rq.calledAe(), rq.callingAe(), rq.applicationContext());
    for (var context : rq.contexts()) {
      var item = new Bytes().u8(context.id()).u8(0).u8(0).u8(0);
      item.item(0x30, context.abstractSyntax());
      for (var transferSyntax : context.transferSyntaxes()) {
        item.item(0x40, transferSyntax);
      }
      body.item(0x20, item);
    }
    return pdu(0x01, body.item(0x50, userInformation(rq.userInformation())));
  }

  private static byte[] associateAc(Pdu.AssociateAc ac) {
    var body = head(ac.protocolVersion(), ac.calledAe(), ac.callingAe(), ac.applicationContext());
    for (var context : ac.contexts()) {
      var item = new Bytes().u8(context.id()).u8(0).u8(context.result().code()).u8(0);
      body.item(0x21, item.item(0x40, context.transferSyntax()));
    }
    return pdu(0x02, body.item(0x50, userInformation(ac.userInformation())));
  }

  private static Bytes head(int version, String called, String calling, String applicationContext) {
    return new Bytes()
        .u16(version)
        .u16(0)
        .padded(called)
        .padded(calling)
        .raw(new byte[32])
        .item(0x10, applicationContext);
  }

  private static Bytes userInformation(UserInformation info) {
    var out = new Bytes();
    out.item(0x51, new Bytes().u32(info.maxPduLengthBytes()));
    if (!info.implementationClassUid().isEmpty()) {
      out.item(0x52, info.implementationClassUid());
    }
    var window = info.asyncOperations();
    if (window != null) {
      out.item(0x53, new Bytes().u16(window.invoked()).u16(window.performed()));
    }
    for (var role : info.roles()) {
      out.item(0x54, new Bytes().text16(role.sopClassUid()).u8(role.scuRole()).u8(role.scpRole()));
    }
    if (!info.implementationVersion().isEmpty()) {
      out.item(0x55, info.implementationVersion());
    }
    for (var extended : info.extended()) {
      out.item(0x56, new Bytes().text16(extended.sopClassUid()).raw(extended.information()));
    }
    for (var common : info.commonExtended()) {
      var related = new Bytes();
      common.relatedGeneralSopClassUids().forEach(related::text16);
      out.item(
          0x57,
          new Bytes()
              .text16(common.sopClassUid())
              .text16(common.serviceClassUid())
              .sized16(related.toByteArray()));
    }
    var identity = info.identity();
    if (identity != null) {
      out.item(
          0x58,
          new Bytes()
              .u8(identity.type())
              .u8(identity.positiveResponseRequested())
              .sized16(bytes(identity.primary()))
              .sized16(bytes(identity.secondary())));
    }
    var response = info.identityResponse();
    if (response != null) {
      out.item(0x59, new Bytes().sized16(bytes(response.serverResponse())));
    }
    for (var raw : info.unknown()) {
      out.item(raw.type(), new Bytes().raw(raw.content()));
    }
    return out;
  }

  private static byte[] pData(Pdu.PData data) {
    var body = new Bytes();
    for (var value : data.values()) {
      body.u32(value.data().remaining() + 2L)
          .u8(value.contextId())
          .u8(controlHeader(value.kind(), value.position()))
          .raw(value.data());
    }
    return pdu(0x04, body);
  }

  /** The message control header of PS3.8 Annex E.2. */
  static int controlHeader(Pdu.Pdv.Kind kind, Pdu.Pdv.Position position) {
    return (kind == Pdu.Pdv.Kind.COMMAND ? 1 : 0) | (position == Pdu.Pdv.Position.LAST ? 2 : 0);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    var content = new byte[buffer.remaining()];
    buffer.duplicate().get(content);
    return content;
  }

  /** A growing big endian buffer. */
  private static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    Bytes u8(int value) {
      out.write(value);
      return this;
    }

    Bytes u16(int value) {
      return u8(value >>> 8).u8(value);
    }

    Bytes u32(long value) {
      return u16((int) (value >>> 16) & 0xffff).u16((int) value & 0xffff);
    }

    Bytes raw(byte[] value) {
      out.writeBytes(value);
      return this;
    }

    Bytes raw(ByteBuffer value) {
      return raw(bytes(value));
    }

    Bytes padded(String aeTitle) {
      var field = new byte[16];
      Arrays.fill(field, (byte) ' ');
      var text = aeTitle.getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(text, 0, field, 0, Math.min(16, text.length));
      return raw(field);
    }

    Bytes sized16(byte[] value) {
      return u16(value.length).raw(value);
    }

    Bytes text16(String value) {
      return sized16(value.getBytes(StandardCharsets.ISO_8859_1));
    }

    Bytes item(int type, Bytes content) {
      return u8(type).u8(0).sized16(content.toByteArray());
    }

    Bytes item(int type, String value) {
      return u8(type).u8(0).text16(value);
    }

    byte[] toByteArray() {
      return out.toByteArray();
    }
  }
}
