package org.heliograph.node.storage;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Remembers what came in, by digest, and answers as told. */
final class MemorySink implements InstanceSink {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** One instance that came in whole. */
  record Received(
      String callingAe, String sopInstanceUid, String transferSyntax, long bytes, String digest) {}

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Function<IncomingInstance, StoreOutcome> answer = _ -> new StoreOutcome.Stored();

  List<Received> received() {
    return received;
  }

  void answer(Function<IncomingInstance, StoreOutcome> value) {
    answer = value;
  }

  @Override
  public StoreOutcome receive(IncomingInstance instance) throws IOException {
    var digest = sha256();
    var buffer = new byte[BUFFER_BYTES];
    var bytes = 0L;
    int count;
    while ((count = instance.dataset().read(buffer)) >= 0) {
      digest.update(buffer, 0, count);
      bytes += count;
    }
    received.add(
        new Received(
            instance.callingAe().value(),
            instance.sopInstance().value().value(),
            instance.transferSyntax().value().value(),
            bytes,
            HexFormat.of().formatHex(digest.digest())));
    return answer.apply(instance);
  }

  static String digestOf(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
