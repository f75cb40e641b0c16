package org.heliograph.node.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.prepare.FileDigest;
import org.heliograph.node.status.StatusSource.Waiting;

/**
 * Copies what the hub has not confirmed to a folder, so that a person can carry it. Each copy is
 * read back from the medium and compared with its digest; run again it goes on. Nothing changes at
 * the gateway: what was carried is confirmed when the hub says so.
 */
final class Export {
  private static final String LIST = "LIST.txt";

  private Export() {}

  static void run(LocalGateway gateway, Path folder, PrintStream out, InstantSource clock)
      throws IOException, InterruptedException {
    DurableFiles.SYSTEM.createFolders(folder);
    List<String> list = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (Waiting first : gateway.waiting()) {
      Optional<Waiting> copied = copy(gateway, first, folder);
      if (copied.isPresent()) {
        list.add(copied.get().digest() + "  " + name(first));
      } else {
        faults.add(first.id() + "  " + first.state());
      }
    }
    StringBuilder text = new StringBuilder();
    text.append("# Written by heliograph gateway export at ").append(clock.instant()).append('\n');
    text.append("# SHA-256 of the data set (of the file for photos and PDFs), and the file.\n");
    text.append("# At the hub: heliograph import FOLDER --site CODE\n");
    list.forEach(line -> text.append(line).append('\n'));
    faults.forEach(
        line -> text.append("# not written, damaged or gone: ").append(line).append('\n'));
    Path fresh = folder.resolve(LIST + ".new");
    Files.deleteIfExists(fresh);
    try (var channel = DurableFiles.SYSTEM.create(fresh)) {
      DurableFiles.SYSTEM.write(
          channel, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
      DurableFiles.SYSTEM.force(channel);
    }
    DurableFiles.SYSTEM.replace(fresh, folder.resolve(LIST));
    DurableFiles.SYSTEM.forceFolder(folder);
    out.println(list.size() + " objects in " + folder + ", all compared with their digests");
    if (!faults.isEmpty()) {
      throw new CommandException(
          ExitCode.REFUSED, faults.size() + " could not be written; " + LIST + " names them.");
    }
  }

  /** Tried again with what is known then: an image may have been recoded or confirmed meanwhile. */
  private static Optional<Waiting> copy(LocalGateway gateway, Waiting first, Path folder)
      throws IOException, InterruptedException {
    Waiting known = first;
    for (int attempt = 0; attempt < 3; attempt++) {
      Path target = folder.resolve(name(known));
      if (Files.exists(target) && digest(target, known).equals(known.digest())) {
        return Optional.of(known);
      }
      try {
        write(Path.of(known.file()), target);
        if (digest(target, known).equals(known.digest())) {
          return Optional.of(known);
        }
      } catch (NoSuchFileException e) {
        // Looked up again.
      }
      Files.deleteIfExists(target);
      Optional<Waiting> now =
          gateway.waiting().stream().filter(each -> each.id().equals(first.id())).findFirst();
      if (now.isEmpty()) {
        return Optional.empty();
      }
      known = now.get();
    }
    return Optional.empty();
  }

  private static void write(Path source, Path target) throws IOException {
    Path fresh = target.resolveSibling(target.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (InputStream in = Files.newInputStream(source);
        var channel = DurableFiles.SYSTEM.create(fresh)) {
      byte[] buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        DurableFiles.SYSTEM.write(channel, ByteBuffer.wrap(buffer, 0, n));
      }
      DurableFiles.SYSTEM.force(channel);
    }
    DurableFiles.SYSTEM.replace(fresh, target);
  }

  private static String digest(Path file, Waiting waiting) throws IOException {
    return waiting.kind().equals("dcm") ? FileDigest.ofDataset(file) : FileDigest.of(file);
  }

  /** Our own id: no peer's bytes become a path. */
  private static String name(Waiting waiting) {
    return waiting.id() + "." + waiting.kind();
  }
}
