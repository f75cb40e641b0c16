package org.heliograph.node.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;

/**
 * Puts files that are finished with into {@code done} or {@code refused}, a folder for each day.
 */
final class Filing {
  static final String DONE = "done";
  static final String REFUSED = "refused";

  private static final int NAMES = 10_000;

  private final Path root;

  Filing(Path root) {
    this.root = root;
  }

  void createFolders() throws IOException {
    Files.createDirectories(root.resolve(DONE));
    Files.createDirectories(root.resolve(REFUSED));
  }

  boolean isOwn(Path path) {
    return path.startsWith(root.resolve(DONE)) || path.startsWith(root.resolve(REFUSED));
  }

  void done(Path file, LocalDate day) throws IOException {
    move(file, DONE, day);
  }

  /** With a text file beside it that says why. */
  void refused(Path file, LocalDate day, Refusal refusal) throws IOException {
    Path moved = move(file, REFUSED, day);
    Path text = moved.resolveSibling(moved.getFileName() + ".txt");
    String words = refusal.text(String.valueOf(moved.getFileName()));
    Files.write(
        text,
        words.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  /** A link is moved, not what it points at; nothing is ever replaced. */
  private Path move(Path file, String base, LocalDate day) throws IOException {
    Path relative = root.relativize(file);
    Path target = root.resolve(base).resolve(day.toString()).resolve(relative);
    Path folder = target.getParent();
    if (folder == null) {
      throw new IOException("a file without a folder");
    }
    Files.createDirectories(folder);
    String name = String.valueOf(target.getFileName());
    for (int i = 1; i < NAMES; i++) {
      Path free = i == 1 ? target : folder.resolve(numbered(name, i));
      try {
        return Files.move(file, free);
      } catch (FileAlreadyExistsException e) {
        // the next number
      }
    }
    throw new IOException("too many files of one name");
  }

  private static String numbered(String name, int number) {
    int dot = name.lastIndexOf('.');
    return dot < 1
        ? name + " (" + number + ")"
        : name.substring(0, dot) + " (" + number + ")" + name.substring(dot);
  }
}
