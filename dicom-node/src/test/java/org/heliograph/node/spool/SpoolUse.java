package org.heliograph.node.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.io.PartTenHead;
import org.heliograph.node.link.Receipt;
import org.heliograph.node.link.Urgency;

/** What the other parts of the gateway do with a spool, in short. */
final class SpoolUse {
  private SpoolUse() {}

  /** Prepared as it is, without a new file. */
  static Prepared unchanged(SpooledInstance instance) {
    return new Prepared(
        instance.received(),
        instance.receivedDigest(),
        instance.receivedBytes(),
        null,
        false,
        8,
        8,
        1,
        null,
        null);
  }

  /** Prepared with a new file of another content, and a preview. */
  static Prepared recoded(Spool spool, SpooledInstance instance, TestInstance content)
      throws IOException {
    Path file = spool.newFile(instance, ".dcm");
    Files.write(file, content.partTen());
    Path preview = spool.newFile(instance, ".jpg");
    Files.write(preview, new byte[] {1, 2, 3});
    return new Prepared(
        TransferSyntaxUid.of(TestInstance.SYNTAX.uid()),
        content.digest(),
        content.dataset().length,
        content.digest(),
        false,
        8,
        8,
        1,
        file,
        preview);
  }

  static ParcelRecord parcel(List<UUID> instances, List<UUID> documents) {
    return ParcelRecord.of(
        UUID.randomUUID(),
        Urgency.ROUTINE,
        Instant.parse("2026-03-01T08:00:00Z"),
        instances,
        documents);
  }

  static Receipt receipt(UUID parcel, String object, String digest, Receipt.Outcome outcome) {
    return new Receipt(
        parcel,
        object,
        digest,
        outcome,
        Instant.parse("2026-03-01T09:00:00Z"),
        outcome == Receipt.Outcome.REFUSED ? "TR-0001" : "",
        "signature");
  }

  static Receipt stored(UUID parcel, SpooledInstance instance) {
    return receipt(
        parcel, instance.sopInstance().value().value(), instance.digest(), Receipt.Outcome.STORED);
  }

  /** The data set of a file of the spool. */
  static byte[] dataset(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return PartTenHead.read(in).dataset().readAllBytes();
    }
  }

  static boolean has(Spool spool, TestInstance instance) throws IOException {
    SpooledInstance found = spool.bySopInstance(instance.sopInstance()).orElse(null);
    return found != null
        && found.state() != InstanceState.PARKED
        && Arrays.equals(dataset(spool.file(found)), instance.dataset());
  }

  static long files(Path folder) throws IOException {
    try (var all = Files.list(folder)) {
      return all.count();
    }
  }
}
