package org.heliograph.reader.media;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;

/** Walks a folder: links are not followed, only regular files are opened, depth is bounded. */
final class FileTree {
  /** Each level costs an open folder. */
  private static final int MOST_DEPTH = 64;

  private FileTree() {}

  /** Told of what is there. */
  interface Visitor {
    void file(Path file, BasicFileAttributes attributes) throws IOException;

    void other(Path path, ImportOutcome outcome) throws IOException;
  }

  static void walk(Path root, Visitor visitor) throws IOException {
    Files.walkFileTree(
        root, EnumSet.noneOf(java.nio.file.FileVisitOption.class), MOST_DEPTH, of(visitor));
  }

  /** Files and bytes; what cannot be read is nothing. */
  static void count(Path root, AtomicLong files, AtomicLong bytes) throws IOException {
    walk(
        root,
        new Visitor() {
          @Override
          public void file(Path file, BasicFileAttributes attributes) {
            files.incrementAndGet();
            bytes.addAndGet(attributes.size());
          }

          @Override
          public void other(Path path, ImportOutcome outcome) {
            // Not expected to be read.
          }
        });
  }

  static Found found(Path file, BasicFileAttributes attributes) {
    return new Found(
        file.toString(),
        file + "|" + attributes.size() + "|" + attributes.lastModifiedTime().toMillis(),
        attributes.size(),
        false,
        () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
  }

  private static FileVisitor<Path> of(Visitor visitor) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
          throws IOException {
        if (attributes.isRegularFile()) {
          visitor.file(path, attributes);
        } else {
          visitor.other(
              path, attributes.isDirectory() ? ImportOutcome.TOO_DEEP : ImportOutcome.NOT_A_FILE);
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
        visitor.other(path, ImportOutcome.UNREADABLE);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(
          Path path, @org.jspecify.annotations.Nullable IOException e) throws IOException {
        if (e != null) {
          visitor.other(path, ImportOutcome.UNREADABLE);
        }
        return FileVisitResult.CONTINUE;
      }
    };
  }
}
