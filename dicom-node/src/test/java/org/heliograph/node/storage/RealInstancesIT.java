package org.heliograph.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.junit.jupiter.api.Test;

/**
 * Real files of every transfer syntax at hand go through our SCU and SCP without a changed byte.
 */
class RealInstancesIT {
  private static final int META_START = 132;
  private static final int SOP_CLASS = 0x0002;
  private static final int SOP_INSTANCE = 0x0003;
  private static final int TRANSFER_SYNTAX = 0x0010;

  @Test
  void real_instances_arrive_unchanged_in_their_own_transfer_syntax() throws IOException {
    var folder = Path.of("../../shared/data/dicom");
    assumeTrue(Files.isDirectory(folder), "no real DICOM files at hand");
    var sink = new MemorySink();
    var syntaxes = new HashMap<String, Integer>();
    try (var node =
            DicomNode.start(
                NodeSettings.of(new AeTitle("HELIOGRAPH")).build(), CallerPolicy.everyone(), sink);
        var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        var bytes = Files.readAllBytes(file);
        var meta = meta(bytes);
        if (meta.isPresent() && sendable(meta.get())) {
          syntaxes.merge(meta.get().text(TRANSFER_SYNTAX), 1, Integer::sum);
          var dataset = Arrays.copyOfRange(bytes, meta.get().end(), bytes.length);
          assertThat(send(node.port(), meta.get(), dataset))
              .as(file.getFileName().toString())
              .isEqualTo(DimseStatus.SUCCESS);
          var last = sink.received().getLast();
          assertThat(last.transferSyntax()).isEqualTo(meta.get().text(TRANSFER_SYNTAX));
          assertThat(last.digest())
              .as(file.getFileName().toString())
              .isEqualTo(MemorySink.digestOf(dataset));
        }
      }
    }
    assertThat(syntaxes).hasSizeGreaterThan(10);
  }

  private static boolean sendable(Meta meta) {
    return Uids.isStorageSopClass(meta.text(SOP_CLASS)) && Uid.isValid(meta.text(SOP_INSTANCE));
  }

  private static DimseStatus send(int port, Meta meta, byte[] dataset) throws IOException {
    var sopClass = SopClassUid.of(meta.text(SOP_CLASS));
    var syntax = TransferSyntaxUid.of(meta.text(TRANSFER_SYNTAX));
    try (var scu =
        StorageScu.to("127.0.0.1", port, new AeTitle("SCU"), new AeTitle("HELIOGRAPH"))
            .propose(sopClass, syntax)
            .open()) {
      var status =
          scu.store(
              sopClass,
              SopInstanceUid.of(meta.text(SOP_INSTANCE)),
              syntax,
              DatasetSource.of(dataset));
      scu.release();
      return status;
    }
  }

  /** The file meta information's UIDs, and where it ends. */
  private record Meta(int end, Map<Integer, String> texts) {
    String text(int element) {
      return texts.getOrDefault(element, "");
    }
  }

  private static Optional<Meta> meta(byte[] bytes) {
    var file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < META_START + 12
        || bytes[META_START - 4] != 'D'
        || file.getInt(META_START) != 0x0002) {
      return Optional.empty();
    }
    var end = META_START + 12 + file.getInt(META_START + 8);
    var texts = new HashMap<Integer, String>();
    file.position(META_START + 12);
    while (file.position() < end) {
      file.getShort();
      var element = file.getShort() & 0xffff;
      var vr = file.getShort();
      var isLong = vr == ('O' | 'B' << 8) || vr == ('U' | 'N' << 8);
      var length = file.getShort() & 0xffff;
      if (isLong) {
        length = file.getInt();
      }
      var value = new byte[length];
      file.get(value);
      texts.put(element, new String(value, StandardCharsets.US_ASCII).replace("\0", "").strip());
    }
    return Optional.of(new Meta(end, texts));
  }
}
