package org.heliograph.node.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.heliograph.node.link.Manifest;
import org.heliograph.node.link.Manifest.PartKind;
import org.heliograph.node.link.Urgency;

/** Parcels of random bytes in files, and a log of what the sender wants to be remembered. */
final class TestParcels implements ParcelContents.Log {
  private final Path folder;
  private final Random random;
  final Map<UUID, TestParcel> all = new LinkedHashMap<>();
  final Map<UUID, Set<Integer>> whole = new ConcurrentHashMap<>();
  final Map<UUID, String> parked = new ConcurrentHashMap<>();

  TestParcels(Path folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
  }

  /** One parcel and its files. */
  record TestParcel(Manifest manifest, Map<Integer, Path> files) implements ParcelContents {
    @Override
    public List<Manifest.Part> parts() {
      return manifest.parts();
    }

    @Override
    public Path file(int part) throws IOException {
      Path file = files.get(part);
      if (file == null) {
        throw new IOException("no part " + part);
      }
      return file;
    }
  }

  /** Part 0 are the previews, the others are instances. */
  OutgoingParcel add(Urgency urgency, Instant since, int... sizes) throws IOException {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    List<Manifest.Part> parts = new ArrayList<>();
    Map<Integer, Path> files = new LinkedHashMap<>();
    for (int number = 0; number < sizes.length; number++) {
      var bytes = new byte[sizes[number]];
      random.nextBytes(bytes);
      files.put(number, Files.write(folder.resolve(id + "-" + number), bytes));
      parts.add(
          new Manifest.Part(
              number,
              number == 0 ? PartKind.PREVIEWS : PartKind.INSTANCE,
              "identity",
              bytes.length,
              HexFormat.of().formatHex(FakeHub.sha256(bytes))));
    }
    var manifest = new Manifest(id, urgency, since, List.of(), List.of(), List.of(), parts);
    var parcel = new TestParcel(manifest, files);
    all.put(id, parcel);
    return outgoing(id, urgency, since);
  }

  TestParcel get(UUID id) {
    return Objects.requireNonNull(all.get(id));
  }

  /** As a restarted gateway knows it. */
  OutgoingParcel outgoing(UUID id, Urgency urgency, Instant since) {
    TestParcel parcel = get(id);
    return new OutgoingParcel(id, urgency, since, parcel, whole.getOrDefault(id, Set.of()));
  }

  void assertAllAt(FakeHub hub) throws IOException {
    for (Map.Entry<UUID, TestParcel> each : all.entrySet()) {
      for (Map.Entry<Integer, Path> file : each.getValue().files().entrySet()) {
        assertThat(hub.bytes(each.getKey(), file.getKey()))
            .isEqualTo(Files.readAllBytes(file.getValue()));
      }
    }
  }

  @Override
  public void announced(UUID parcel) {}

  @Override
  public void partWhole(UUID parcel, int part) {
    whole.computeIfAbsent(parcel, _ -> ConcurrentHashMap.newKeySet()).add(part);
  }

  @Override
  public void partWanted(UUID parcel, int part) {
    whole.computeIfAbsent(parcel, _ -> ConcurrentHashMap.newKeySet()).remove(part);
  }

  @Override
  public void parked(UUID parcel, String code) {
    parked.put(parcel, code);
  }
}
