package org.heliograph.node.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.link.BundleReader;
import org.heliograph.node.link.BundleWriter;
import org.heliograph.node.link.Manifest;
import org.heliograph.node.link.Manifest.PartKind;
import org.heliograph.node.prepare.PartSource.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {
  private static final BundleReader.Limits LIMITS = new BundleReader.Limits(1000, 1 << 20);

  @TempDir Path temp;

  private final Parts parts = new Parts(DurableFiles.SYSTEM);
  private int made;

  private PartSource instance(byte[] content, boolean preview) throws IOException {
    int number = made++;
    Path file = Files.write(temp.resolve("object" + number), content);
    Path picture =
        preview ? Files.write(temp.resolve("preview" + number), noise(900 + number)) : null;
    return new PartSource(Kind.INSTANCE, "1.2.3." + number, file, picture);
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static InputStream open(PartPlan plan, Manifest.Part part) throws IOException {
    InputStream in = Files.newInputStream(plan.file(part.number()));
    return part.contentEncoding().equals("gzip") ? new GZIPInputStream(in) : in;
  }

  private static Map<String, byte[]> unbundled(PartPlan plan, Manifest.Part part, String type)
      throws IOException {
    Map<String, byte[]> objects = new LinkedHashMap<>();
    try (InputStream in = open(plan, part)) {
      var reader = new BundleReader(in, type, LIMITS);
      for (var each = reader.next(); each != null; each = reader.next()) {
        objects.put(each.contentId(), each.body().readAllBytes());
      }
    }
    return objects;
  }

  @Test
  void previews_come_first_then_large_objects_alone_and_small_ones_together() throws IOException {
    List<PartSource> sources = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sources.add(instance(noise(300_000 + i), true));
    }
    sources.add(instance(noise(600_000), true));
    sources.add(instance(new byte[3000], false));
    sources.add(new PartSource(Kind.DOCUMENT, "a-photo", sources.get(3).file(), null));
    Path folder = temp.resolve("parcel");

    PartPlan plan = parts.plan(folder, sources);

    assertThat(plan.parts())
        .extracting(Manifest.Part::kind)
        .containsExactly(
            PartKind.PREVIEWS,
            PartKind.BUNDLE,
            PartKind.INSTANCE,
            PartKind.DOCUMENT,
            PartKind.BUNDLE);
    assertThat(plan.parts()).extracting(Manifest.Part::number).doesNotHaveDuplicates();
    assertThat(plan.previewed()).hasSize(21);
    assertThat(unbundled(plan, plan.parts().getFirst(), BundleWriter.JPEG).keySet())
        .containsExactlyInAnyOrderElementsOf(plan.previewed());
    Map<String, byte[]> all = new LinkedHashMap<>();
    for (Manifest.Part part : plan.parts()) {
      assertThat(FileDigest.measure(plan.file(part.number())))
          .isEqualTo(new FileDigest(part.digest(), part.lengthBytes()));
      if (part.kind() == PartKind.BUNDLE) {
        all.putAll(unbundled(plan, part, BundleWriter.DICOM));
        assertThat(part.lengthBytes()).isLessThanOrEqualTo(Parts.BUNDLE_BYTES + 20_000);
      }
    }
    assertThat(all).hasSize(21);
    for (PartSource source : sources) {
      assertThat(plan.partOf()).containsKey(source.contentId());
      if (all.containsKey(source.contentId())) {
        assertThat(all.get(source.contentId())).isEqualTo(Files.readAllBytes(source.file()));
      }
    }
  }

  @Test
  void the_same_objects_give_the_same_parts_also_after_a_crash_half_way() throws IOException {
    List<PartSource> sources =
        List.of(
            instance(noise(1000), true), instance(new byte[2_000_000], true),
            instance(noise(2000), false), instance(noise(700_000), false));
    Path folder = temp.resolve("parcel");

    PartPlan first = parts.plan(folder, sources);
    Files.write(folder.resolve("part-0"), noise(17));
    Files.write(folder.resolve("part-77"), noise(18));
    Files.write(folder.resolve("part-2.tmp"), noise(19));
    PartPlan second = parts.plan(folder, sources);

    assertThat(second).isEqualTo(first);
    for (Manifest.Part part : second.parts()) {
      assertThat(FileDigest.of(second.file(part.number()))).isEqualTo(part.digest());
    }
    assertThat(Parts.file(folder, 77)).isEmpty();
    try (var names = Files.list(folder)) {
      assertThat(names.map(p -> p.getFileName().toString())).noneMatch(n -> n.endsWith(".tmp"));
    }
  }

  @Test
  void gzip_is_used_only_where_it_saves_something() throws IOException {
    PartSource zeros = instance(new byte[1_500_000], false);
    PartSource noise = instance(noise(1_500_000), false);

    PartPlan plan = parts.plan(temp.resolve("parcel"), List.of(zeros, noise));

    assertThat(plan.parts())
        .extracting(Manifest.Part::contentEncoding)
        .containsExactly("gzip", "identity");
    assertThat(plan.parts().getFirst().lengthBytes()).isLessThan(10_000);
    try (InputStream in = open(plan, plan.parts().getFirst())) {
      assertThat(in.readAllBytes()).isEqualTo(new byte[1_500_000]);
    }
    assertThat(plan.file(2)).isEqualTo(noise.file());
    assertThat(Parts.file(temp.resolve("parcel"), 1)).isPresent();
    assertThat(Parts.file(temp.resolve("parcel"), 2)).isEmpty();
  }

  @Test
  void a_parcel_without_previews_has_no_part_0() throws IOException {
    PartPlan plan = parts.plan(temp.resolve("parcel"), List.of(instance(noise(10), false)));

    assertThat(plan.parts()).extracting(Manifest.Part::number).containsExactly(1);
    assertThat(plan.parts().getFirst().kind()).isEqualTo(PartKind.INSTANCE);
  }
}
