package org.heliograph.node.watch;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What lies in the watched folder at one look, links not followed. */
final class FolderListing {
  private static final int MAX_DEPTH = 32;

  /** More are seen once these are gone. */
  private static final int MAX_FILES = 20_000;

  /** One file or link. */
  record Item(Path path, BasicFileAttributes attributes) {
    @Override
    public String toString() {
      return "Item[" + attributes.size() + " bytes]";
    }
  }

  private final List<Item> items = new ArrayList<>();
  private final List<Path> folders = new ArrayList<>();

  private FolderListing() {}

  static FolderListing of(Path root, Filing filing) throws IOException {
    var listing = new FolderListing();
    FileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (!folder.equals(root) && (filing.isOwn(folder) || isPassedOver(folder))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            listing.folders.add(folder);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isPassedOver(file) && !attributes.isDirectory()) {
              listing.items.add(new Item(file, attributes));
            }
            return listing.items.size() < MAX_FILES
                ? FileVisitResult.CONTINUE
                : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(root)) {
              throw e;
            }
            return FileVisitResult.CONTINUE; // gone, or not for us
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
          }
        };
    Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH, visitor);
    listing.items.sort((a, b) -> a.path().compareTo(b.path()));
    return listing;
  }

  List<Item> items() {
    return Collections.unmodifiableList(items);
  }

  List<Path> folders() {
    return Collections.unmodifiableList(folders);
  }

  /** Hidden files, those of a copy that goes on, and what systems leave in folders. */
  private static boolean isPassedOver(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return name.startsWith(".")
        || name.startsWith("~")
        || name.endsWith(".tmp")
        || name.endsWith(".part")
        || name.endsWith(".partial")
        || name.endsWith(".filepart")
        || name.endsWith(".crdownload")
        || name.equals("thumbs.db")
        || name.equals("desktop.ini");
  }
}
