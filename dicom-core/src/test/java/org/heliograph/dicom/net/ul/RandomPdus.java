package org.heliograph.dicom.net.ul;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Any PDU that the standard allows, of a seed. */
final class RandomPdus {
  private final Random random;

  RandomPdus(Random random) {
    this.random = random;
  }

  Pdu next() {
    return switch (random.nextInt(8)) {
      case 0, 1 ->
          new Pdu.AssociateRq(
              1, ae(), ae(), Pdu.APPLICATION_CONTEXT, some(64, this::proposed), information());
      case 2 ->
          new Pdu.AssociateAc(
              1, ae(), ae(), Pdu.APPLICATION_CONTEXT, some(64, this::result), information());
      case 3 -> new Pdu.AssociateRj(random.nextInt(3), random.nextInt(4), random.nextInt(11));
      case 4 -> new Pdu.ReleaseRq();
      case 5 -> new Pdu.Abort(random.nextInt(3), random.nextInt(7));
      default ->
          new Pdu.PData(
              Stream.generate(() ->
                      new Pdu.Pdv(
                          id(),
                          any(Pdu.Pdv.Kind.values()),
                          any(Pdu.Pdv.Position.values()),
                          bytes(500)))
                  .limit(1 + random.nextInt(5))
                  .toList());
    };
  }

  private Pdu.ProposedContext proposed() {
    return new Pdu.ProposedContext(id(), uid(), some(8, this::uid));
  }

  private Pdu.ContextResult result() {
    return new Pdu.ContextResult(id(), any(Pdu.ContextResult.Result.values()), uid());
  }

  private UserInformation information() {
    return new UserInformation(
        random.nextLong(1L << 32),
        uid(),
        ae(),
        random.nextBoolean()
            ? null
            : new UserInformation.AsyncOperations(random.nextInt(65536), random.nextInt(65536)),
        some(
            4,
            () -> new UserInformation.RoleSelection(uid(), random.nextInt(2), random.nextInt(2))),
        some(4, () -> new UserInformation.ExtendedNegotiation(uid(), bytes(30))),
        some(
            4,
            () -> new UserInformation.CommonExtendedNegotiation(uid(), uid(), some(3, this::uid))),
        random.nextBoolean()
            ? null
            : new UserIdentity(1 + random.nextInt(5), random.nextInt(2), bytes(90), bytes(20)),
        random.nextBoolean() ? null : new UserInformation.UserIdentityResponse(bytes(40)),
        some(2, () -> new UserInformation.RawItem(0x60 + random.nextInt(90), bytes(20))));
  }

  private <T> List<T> some(int most, Supplier<T> one) {
    return Stream.generate(one).limit(random.nextInt(most + 1)).toList();
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private int id() {
    return random.nextInt(128) * 2 + 1;
  }

  private String uid() {
    return "1.2." + random.nextLong(1L << 60);
  }

  private String ae() {
    return "AE" + random.nextInt(1_000_000);
  }

  private ByteBuffer bytes(int most) {
    var content = new byte[random.nextInt(most)];
    random.nextBytes(content);
    return ByteBuffer.wrap(content);
  }
}
