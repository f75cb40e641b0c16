package org.heliograph.reader.dicomweb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.junit.jupiter.api.Test;

class MultipartReaderTest {
  private static final MultipartLimits SMALL = new MultipartLimits(3, 1_000_000, 200);

  /** Gives as few bytes at a time as a bad line does. */
  private static InputStream inPieces(byte[] bytes, int atMost) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] b, int offset, int length) {
        return super.read(b, offset, Math.min(length, atMost));
      }
    };
  }

  private static List<byte[]> bodies(InputStream in, String boundary, MultipartLimits limits)
      throws IOException {
    var reader = new MultipartReader(in, boundary, limits);
    List<byte[]> bodies = new ArrayList<>();
    for (var part = reader.next(); part != null; part = reader.next()) {
      bodies.add(part.body().readAllBytes());
    }
    return bodies;
  }

  private static List<byte[]> bodies(String text) throws IOException {
    return bodies(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), "b", SMALL);
  }

  private static void refuses(String text, ProblemCode code, String why) {
    assertThatThrownBy(() -> bodies(text))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo(code))
        .hasMessageContaining(why);
  }

  @Test
  void gives_bytes_back_however_they_arrive_and_whatever_they_look_like() throws IOException {
    var random = new Random(5);
    for (int round = 0; round < 60; round++) {
      // Few different bytes make many near misses of the boundary.
      var first = new byte[random.nextInt(3_000)];
      var second = new byte[random.nextInt(400_000)];
      for (int i = 0; i < first.length; i++) {
        first[i] = (byte) "\r\n-b".charAt(random.nextInt(4));
      }
      random.nextBytes(second);
      var body = new ByteArrayOutputStream();
      body.write(
          "--b-b-b-b-b-b-b\r\nContent-Type: application/dicom\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      body.write(first);
      body.write("\r\n--b-b-b-b-b-b-b \t\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      body.write(second);
      body.write("\r\n--b-b-b-b-b-b-b--\r\nafterwards".getBytes(StandardCharsets.US_ASCII));

      List<byte[]> found =
          bodies(inPieces(body.toByteArray(), 1 + random.nextInt(70_000)), "b-b-b-b-b-b-b", SMALL);

      assertThat(found).containsExactly(first, second);
    }
  }

  @Test
  void reads_headers_by_name_and_skips_what_nobody_reads() throws IOException {
    String text =
        "preamble\r\n--b\r\ncontent-TYPE: Application/DICOM; transfer-syntax=1.2\r\n\r\nunread"
            + "\r\n--b\r\n\r\n\r\n--b--";
    var reader =
        new MultipartReader(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), "b", SMALL);

    var first = requireNonNull(reader.next());
    assertThat(first.contentType().type()).isEqualTo("application/dicom");
    assertThat(first.contentType().parameter("transfer-syntax")).isEqualTo("1.2");
    var second = requireNonNull(reader.next());
    assertThat(second.headers()).isEmpty();
    assertThat(second.body().readAllBytes()).isEmpty();
    assertThat(reader.next()).isNull();
  }

  @Test
  void tells_what_is_wrong() {
    refuses("", ProblemCode.PARTS_MALFORMED, "ends within");
    refuses("--b", ProblemCode.PARTS_MALFORMED, "ends within");
    refuses("--b\r\n", ProblemCode.PARTS_MALFORMED, "ends within");
    refuses("--b\r\nA: b\r\n\r\nabc", ProblemCode.PARTS_MALFORMED, "ends within");
    refuses("--b\r\nA: b\r\n\r\nabc\r\n--", ProblemCode.PARTS_MALFORMED, "ends within");
    refuses("--bc\r\n\r\n\r\n--bc--", ProblemCode.PARTS_MALFORMED, "as the boundary does");
    refuses("--b\r\n: b\r\n\r\n\r\n--b--", ProblemCode.PARTS_MALFORMED, "without a name");
    refuses("--b\r\n" + "A: b\r\n".repeat(1000), ProblemCode.PARTS_MALFORMED, "200 bytes");
    refuses("--b\r\n" + "A".repeat(100_000), ProblemCode.PARTS_MALFORMED, "200 bytes");
    refuses("x".repeat(1000) + "\r\n--b--", ProblemCode.PARTS_TOO_LARGE, "larger");
    refuses("--b\r\n\r\n" + "x".repeat(1_000_100), ProblemCode.PARTS_TOO_LARGE, "larger");
    refuses("--b\r\n\r\n\r\n".repeat(4) + "--b--", ProblemCode.PARTS_TOO_LARGE, "3 parts");
  }

  @Test
  void needs_a_boundary_that_may_be_one() {
    for (String boundary : List.of("", " ", "a ", "x".repeat(201), "a\"b", "a\nb")) {
      assertThatThrownBy(() -> bodies(InputStream.nullInputStream(), boundary, SMALL))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("boundary");
    }
  }
}
