package org.heliograph.dicom.net.ul;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PDUs byte by byte: decoding gives the record, encoding gives the bytes back. */
class PduGoldenTest {
  private static final Map<String, Pdu> EXPECTED =
      Map.of(
          "associate-rq",
          new Pdu.AssociateRq(
              1,
              "HELIOGRAPH",
              "DEMO_CLINIC_A",
              Pdu.APPLICATION_CONTEXT,
              List.of(
                  new Pdu.ProposedContext(
                      1,
                      "1.2.840.10008.5.1.4.1.1.7",
                      List.of("1.2.840.10008.1.2.1", "1.2.840.10008.1.2")),
                  new Pdu.ProposedContext(3, "1.2.840.10008.1.1", List.of("1.2.840.10008.1.2"))),
              new UserInformation(
                  16384,
                  "2.25.1",
                  "PEER_1",
                  new UserInformation.AsyncOperations(1, 1),
                  List.of(new UserInformation.RoleSelection("1.2.840.10008.5.1.4.1.1.7", 1, 0)),
                  List.of(
                      new UserInformation.ExtendedNegotiation(
                          "1.2.840.10008.5.1.4.1.1.7", bytes(2, 0, 0, 0, 0, 0))),
                  List.of(
                      new UserInformation.CommonExtendedNegotiation(
                          "1.2.840.10008.5.1.4.1.1.7",
                          "1.2.840.10008.4.2",
                          List.of("1.2.840.10008.5.1.4.1.1.7"))),
                  new UserIdentity(2, 1, bytes('u', 's'), bytes('p', 'w')),
                  null,
                  List.of(new UserInformation.RawItem(0x7a, bytes(1, 2))))),
          "associate-ac",
          new Pdu.AssociateAc(
              1,
              "HELIOGRAPH",
              "DEMO_CLINIC_A",
              Pdu.APPLICATION_CONTEXT,
              List.of(
                  new Pdu.ContextResult(
                      1, Pdu.ContextResult.Result.ACCEPTANCE, "1.2.840.10008.1.2.1"),
                  new Pdu.ContextResult(
                      3,
                      Pdu.ContextResult.Result.ABSTRACT_SYNTAX_NOT_SUPPORTED,
                      "1.2.840.10008.1.2")),
              new UserInformation(
                  131072,
                  "2.25.2",
                  "US_1",
                  null,
                  List.of(),
                  List.of(),
                  List.of(),
                  null,
                  new UserInformation.UserIdentityResponse(bytes('o', 'k')),
                  List.of())),
          "associate-rj",
          new Pdu.AssociateRj(1, 1, 7),
          "p-data",
          new Pdu.PData(
              List.of(
                  new Pdu.Pdv(1, Pdu.Pdv.Kind.COMMAND, Pdu.Pdv.Position.LAST, bytes(1, 2)),
                  new Pdu.Pdv(1, Pdu.Pdv.Kind.DATASET, Pdu.Pdv.Position.MORE, bytes(3, 4, 5, 6)),
                  new Pdu.Pdv(1, Pdu.Pdv.Kind.DATASET, Pdu.Pdv.Position.LAST, bytes()))),
          "release-rq",
          new Pdu.ReleaseRq(),
          "release-rp",
          new Pdu.ReleaseRp(),
          "abort",
          new Pdu.Abort(2, 6));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "associate-rq",
        "associate-ac",
        "associate-rj",
        "p-data",
        "release-rq",
        "release-rp",
        "abort"
      })
  void golden_bytes_are_decoded_and_encoded_back(String name) throws Exception {
    var golden = GoldenHex.read(name);

    var pdu = decode(golden);

    assertThat(pdu).isEqualTo(EXPECTED.get(name));
    assertThat(PduEncoder.encode(pdu)).isEqualTo(golden);
  }

  @Test
  void credentials_are_not_shown() {
    assertThat(new UserIdentity(2, 1, bytes('u'), bytes('p'))).hasToString("UserIdentity[type=2]");
  }

  static Pdu decode(byte[] whole) throws PduFormatException {
    var header = ByteBuffer.wrap(whole);
    assertThat(header.getInt(2)).isEqualTo(whole.length - 6);
    return PduDecoder.decode(whole[0] & 0xff, header.slice(6, whole.length - 6));
  }

  private static ByteBuffer bytes(int... values) {
    var buffer = ByteBuffer.allocate(values.length);
    for (var value : values) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }
}
