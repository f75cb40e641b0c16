package org.heliograph.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BundleTest {
  private static final BundleReader.Limits LIMITS = new BundleReader.Limits(100, 1 << 20);

  private static Map<String, byte[]> objects(long seed) {
    Random random = new Random(seed);
    Map<String, byte[]> objects = new LinkedHashMap<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[random.nextInt(3) * random.nextInt(70_000)];
      random.nextBytes(bytes);
      objects.put("1.2.840." + seed + "." + i, bytes);
    }
    return objects;
  }

  private static byte[] written(Map<String, byte[]> objects) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var writer = new BundleWriter(out, BundleWriter.DICOM, objects.keySet())) {
      for (var each : objects.entrySet()) {
        writer.add(
            each.getKey(), each.getValue().length, new ByteArrayInputStream(each.getValue()));
      }
    }
    return out.toByteArray();
  }

  private static Map<String, byte[]> read(byte[] bundle) throws IOException {
    var reader = new BundleReader(new ByteArrayInputStream(bundle), BundleWriter.DICOM, LIMITS);
    Map<String, byte[]> objects = new LinkedHashMap<>();
    for (var part = reader.next(); part != null; part = reader.next()) {
      objects.put(part.contentId(), part.body().readAllBytes());
    }
    assertThat(reader.next()).isNull();
    return objects;
  }

  @Test
  void what_is_written_comes_back_and_is_the_same_each_time() throws IOException {
    for (long seed = 0; seed < 50; seed++) {
      Map<String, byte[]> objects = objects(seed);
      byte[] bundle = written(objects);

      Map<String, byte[]> back = read(bundle);

      assertThat(back.keySet()).as("seed %d", seed).containsExactlyElementsOf(objects.keySet());
      back.forEach((id, bytes) -> assertThat(bytes).isEqualTo(objects.get(id)));
      assertThat(written(objects)).isEqualTo(bundle);
    }
  }

  @Test
  void a_part_that_is_not_read_is_passed_over() throws IOException {
    byte[] bundle =
        written(Map.of("1.2.3", "--not the end\r\n--".getBytes(StandardCharsets.US_ASCII)));
    var reader = new BundleReader(new ByteArrayInputStream(bundle), BundleWriter.DICOM, LIMITS);

    assertThat(reader.next()).isNotNull();
    assertThat(reader.next()).isNull();
  }

  @Test
  void damaged_bundles_end_in_the_declared_exception_alone() throws IOException {
    byte[] bundle = written(objects(4));
    long seed = 20261121;
    Random random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = bundle.clone();
      int changes = 1 + random.nextInt(4);
      for (int c = 0; c < changes; c++) {
        int within = random.nextBoolean() ? Math.min(600, damaged.length) : damaged.length;
        damaged[random.nextInt(within)] = (byte) random.nextInt(256);
      }
      byte[] cut =
          random.nextInt(3) == 0
              ? java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length))
              : damaged;
      try {
        read(cut);
      } catch (BundleFormatException expected) {
        assertThat(expected.getMessage()).as("seed %d, %d", seed, i).isNotEmpty();
      }
    }
  }

  @Test
  void limits_hold_before_anything_is_read() {
    String head = "Content-Type: multipart/related; type=\"application/dicom\"; boundary=b\r\n\r\n";
    String part = "--b\r\nContent-Type: application/dicom\r\nContent-ID: <%s@x>\r\n%s\r\n\r\n";
    List<String> refused =
        List.of(
            head + part.formatted("1.2", "Content-Length: 1048577"),
            head + part.formatted("1.2", "Content-Length: -1"),
            head + part.formatted("1.2", "Content-Length: 99999999999999999999"),
            head + part.formatted("1.2", "Content-Length: 1\r\nContent-Length: 2"),
            head + part.formatted("../../etc", "Content-Length: 1"),
            head + part.formatted("1.2", "X: " + "y".repeat(2000)),
            head + part.formatted("1.2", "A: 1\r\n".repeat(40) + "Content-Length: 1"),
            head.replace("dicom\"", "dicom+json\"") + part.formatted("1.2", "Content-Length: 1"),
            "--b\r\n\r\n",
            "x".repeat(5000),
            "");
    for (String text : refused) {
      assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.US_ASCII)))
          .as(text.substring(0, Math.min(200, text.length())))
          .isInstanceOf(BundleFormatException.class);
    }
  }

  @Test
  void more_parts_than_allowed_are_refused() throws IOException {
    Map<String, byte[]> many = new LinkedHashMap<>();
    for (int i = 0; i < 101; i++) {
      many.put("1.2." + i, new byte[0]);
    }
    byte[] bundle = written(many);

    assertThatThrownBy(() -> read(bundle)).isInstanceOf(BundleFormatException.class);
  }
}
