package org.heliograph.dicom.media;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A File ID (PS3.10 8.2): the components of a file's name below the root of its file-set. Made by a
 * writer they are of eight letters at most; one that was read may be anything and is only a path
 * once {@link #resolve} has found it inside the medium.
 */
public record FileId(List<String> components) {
  private static final int MOST_COMPONENTS = 32;

  public FileId {
    components = List.copyOf(components);
  }

  public static FileId of(String... components) {
    return new FileId(List.of(components));
  }

  /** Whether it is as PS3.10 8.2 and 8.5 demand: one to eight components, each of one to eight. */
  public boolean isConformant() {
    return !components.isEmpty()
        && components.size() <= 8
        && components.stream().allMatch(c -> c.matches("[A-Z0-9_]{1,8}"));
  }

  /**
   * The regular file that it names below a folder, whatever case the file system or its writer made
   * of the letters. Neither a component such as {@code ..} nor a link leads out of the folder.
   *
   * @return nothing if there is no such file, or it is not inside
   */
  public Optional<Path> resolve(Path root) throws IOException {
    Path real = root.toRealPath();
    if (components.isEmpty() || components.size() > MOST_COMPONENTS) {
      return Optional.empty();
    }
    Path found = real;
    for (String component : components) {
      Path next = isName(component) ? child(found, component) : null;
      if (next == null) {
        return Optional.empty();
      }
      found = next;
    }
    Path target = found.toRealPath();
    return target.startsWith(real) && Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(target)
        : Optional.empty();
  }

  private static boolean isName(String component) {
    return !component.isBlank()
        && component.length() <= 255
        && !component.equals(".")
        && !component.equals("..")
        && component.chars().noneMatch(c -> c < ' ' || c == '/' || c == '\\' || c > '~');
  }

  private static @Nullable Path child(Path folder, String name) throws IOException {
    for (String spelled : List.of(name, name.toLowerCase(Locale.ROOT))) {
      Path exact = folder.resolve(spelled);
      if (Files.exists(exact)) {
        return exact;
      }
    }
    if (!Files.isDirectory(folder)) {
      return null;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        // ISO 9660 may show versions: IM000001.;1
        String shown = String.valueOf(entry.getFileName()).replaceFirst("\\.?;1$", "");
        if (shown.equalsIgnoreCase(name)) {
          return entry;
        }
      }
    }
    return null;
  }

  /** With the backslash of a value of VR CS. */
  @Override
  public String toString() {
    return String.join("\\", components);
  }
}
