package org.heliograph.reader.parcels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.reader.settings.DataFolder;
import org.springframework.stereotype.Component;

/**
 * Which data folder this is. Parts lie in the folder of the hub process that received them, and
 * only that process can unpack them.
 */
@Component
class HubIdentity {
  private final UUID id;

  HubIdentity(DataFolder data) {
    try {
      this.id = readOrMake(data.root());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  UUID id() {
    return id;
  }

  private static UUID readOrMake(Path root) throws IOException {
    Path file = root.resolve("hub-id");
    try {
      return UUID.fromString(Files.readString(file).strip());
    } catch (NoSuchFileException | IllegalArgumentException e) {
      UUID fresh = UUID.randomUUID();
      Path draft = root.resolve("hub-id.new");
      Files.deleteIfExists(draft);
      try (var channel = DurableFiles.SYSTEM.create(draft)) {
        channel.write(
            java.nio.ByteBuffer.wrap(fresh.toString().getBytes(StandardCharsets.US_ASCII)));
        channel.force(true);
      }
      Files.deleteIfExists(file);
      DurableFiles.SYSTEM.rename(draft, file);
      DurableFiles.SYSTEM.forceFolder(root);
      return fresh;
    }
  }
}
