package org.heliograph.reader.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AcceptedMediaTest {
  @Test
  void reads_what_the_viewers_send() {
    var ranges =
        AcceptedMedia.parse(
            "multipart/related; type=\"application/octet-stream\"; transfer-syntax=*");

    assertThat(ranges).containsExactly(new AcceptedMedia(true, "application/octet-stream", "*", 1));
  }

  @Test
  void puts_what_is_wanted_most_first_and_drops_what_is_not_wanted() {
    var ranges =
        AcceptedMedia.parse(
            "image/png;q=0.5, text/html;q=0, multipart/related;type=image/jpeg, */*;q=0.1");

    assertThat(ranges)
        .extracting(AcceptedMedia::type)
        .containsExactly("image/jpeg", "image/png", "*/*");
  }

  @Test
  void no_header_accepts_everything() {
    assertThat(AcceptedMedia.parse(null)).containsExactly(new AcceptedMedia(false, "*/*", null, 1));
    assertThat(AcceptedMedia.takesBody(null, Set.of("image/jpeg"))).isTrue();
    assertThat(AcceptedMedia.takesBody("image/*", Set.of("image/jpeg"))).isTrue();
    assertThat(AcceptedMedia.takesBody("text/html", Set.of("image/jpeg"))).isFalse();
  }

  @Test
  void survives_nonsense() {
    for (String header :
        new String[] {",,,", ";;;", "\"", "a\"b,c;q=x", ";type=", "q=", "\"\"\"\""}) {
      AcceptedMedia.parse(header).forEach(range -> range.takes("application/dicom"));
    }
  }
}
