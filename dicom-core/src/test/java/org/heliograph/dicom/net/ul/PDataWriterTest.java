package org.heliograph.dicom.net.ul;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PDataWriterTest {
  private static final int COMMAND_BYTES = 120;

  @ParameterizedTest
  @CsvSource({
    "16384, 0", "16384, 1", "16384, 16378", "16384, 16379", "16384, 16380", "16384, 50000",
    "7, 5", "1, 5", "0, 300000", "4294967295, 300000", "131072, 131066", "131072, 131067"
  })
  void fragments_fit_the_peer_and_join_to_the_content(long maxPdu, int length) throws IOException {
    var content = new byte[length];
    for (var i = 0; i < length; i++) {
      content[i] = (byte) (i * 31);
    }
    var wire = new ByteArrayOutputStream();
    var writes = new ArrayList<Integer>();
    var writer =
        new PDataWriter(
            maxPdu,
            (bytes, offset, count) -> {
              wire.write(bytes, offset, count);
              writes.add(count);
            });

    writer.write(1, Pdu.Pdv.Kind.COMMAND, new byte[COMMAND_BYTES]);
    writer.write(1, Pdu.Pdv.Kind.DATASET, new ByteArrayInputStream(content));
    writer.flush();

    var values = values(wire.toByteArray(), maxPdu);
    assertThat(join(values, Pdu.Pdv.Kind.COMMAND)).hasSize(COMMAND_BYTES);
    assertThat(join(values, Pdu.Pdv.Kind.DATASET)).isEqualTo(content);
    if (maxPdu > COMMAND_BYTES + 6 && length < 100_000 && length < maxPdu - 6) {
      assertThat(writes).as("a small message leaves at once").hasSize(1);
    }
  }

  private static List<Pdu.Pdv> values(byte[] wire, long maxPdu) throws PduFormatException {
    var values = new ArrayList<Pdu.Pdv>();
    var buffer = ByteBuffer.wrap(wire);
    while (buffer.hasRemaining()) {
      assertThat(buffer.get()).isEqualTo((byte) 4);
      buffer.get();
      var length = buffer.getInt();
      if (maxPdu > 7) {
        assertThat((long) length).isLessThanOrEqualTo(maxPdu);
      }
      var data = (Pdu.PData) PduDecoder.decode(4, buffer.slice(buffer.position(), length));
      values.addAll(data.values());
      buffer.position(buffer.position() + length);
    }
    return values;
  }

  private static byte[] join(List<Pdu.Pdv> values, Pdu.Pdv.Kind kind) {
    var joined = new ByteArrayOutputStream();
    var ofKind = values.stream().filter(value -> value.kind() == kind).toList();
    for (var i = 0; i < ofKind.size(); i++) {
      assertThat(ofKind.get(i).isLast()).isEqualTo(i == ofKind.size() - 1);
      var fragment = new byte[ofKind.get(i).data().remaining()];
      ofKind.get(i).data().get(fragment);
      joined.writeBytes(fragment);
    }
    return joined.toByteArray();
  }
}
