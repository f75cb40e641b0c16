package org.heliograph.reader.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipSourceTest {
  @TempDir private Path folder;

  private Path zip(String name, int entries, int bytesEach) throws IOException {
    Path file = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int n = 0; n < entries; n++) {
        out.putNextEntry(new ZipEntry("../../" + n));
        out.write(new byte[bytesEach]);
        out.closeEntry();
      }
    }
    return file;
  }

  @Test
  void a_bomb_ends_when_it_has_given_what_it_may() throws Exception {
    Path bomb = zip("bomb.zip", 20, 1 << 20);
    assertThat(Files.size(bomb)).isLessThan(64 << 10);
    try (ZipSource zip = ZipSource.open(bomb, 4 << 20)) {
      List<Long> read = new ArrayList<>();
      assertThatThrownBy(() ->
              zip.entries(entry -> {
                try (InputStream in = entry.opening().open()) {
                  read.add(in.transferTo(OutputStream.nullOutputStream()));
                }
              }))
          .isInstanceOf(ZipSource.TooLargeException.class);
      assertThat(read).hasSizeBetween(3, 6);
    }
  }

  @Test
  void a_directory_that_would_fill_the_memory_is_not_read() throws Exception {
    Path file = zip("large.zip", 2, 10);
    byte[] bytes = Files.readAllBytes(file);
    int size = bytes.length - 22 + 12;
    bytes[size + 3] = 0x10; // 256 MiB
    Files.write(file, bytes);

    assertThatThrownBy(() -> ZipSource.open(file)).isInstanceOf(ZipSource.TooLargeException.class);
  }

  @Test
  void damaged_archives_end_in_a_declared_exception() throws Exception {
    byte[] sound = Files.readAllBytes(zip("sound.zip", 5, 3_000));
    Random random = new Random(9);
    Path file = folder.resolve("damaged.zip");
    for (int n = 0; n < 500; n++) {
      byte[] bytes = sound.clone();
      for (int flips = 0; flips < 3; flips++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Files.write(file, bytes);
      try (ZipSource zip = ZipSource.open(file)) {
        zip.entries(entry -> {
          try (InputStream in = entry.opening().open()) {
            in.transferTo(OutputStream.nullOutputStream());
          }
        });
      } catch (IOException | IllegalArgumentException expected) {
        assertThat(expected).isNotNull();
      }
    }
    Files.writeString(file, "no archive");
    assertThatThrownBy(() -> ZipSource.open(file)).isInstanceOf(ZipException.class);
  }
}
