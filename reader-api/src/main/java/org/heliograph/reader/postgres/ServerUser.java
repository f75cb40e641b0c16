package org.heliograph.reader.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user that PostgreSQL runs as. It is the hub's own, unless that is root, as which PostgreSQL
 * refuses to run: then the owner of the existing cluster, or {@code postgres}, or {@code nobody}.
 */
final class ServerUser {
  private static final String ROOT = "root";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final @Nullable UserPrincipal other;

  private ServerUser(@Nullable UserPrincipal other) {
    this.other = other;
  }

  static ServerUser choose(Path cluster) {
    try {
      UserPrincipal own = Files.getOwner(Path.of("/proc/self"));
      UserPrincipal owner = Files.exists(cluster) ? Files.getOwner(cluster) : null;
      if (!own.getName().equals(ROOT)) {
        if (owner != null && !owner.equals(own)) {
          throw new PostgresException(
              "The database in "
                  + cluster
                  + " belongs to the user "
                  + owner.getName()
                  + ", but the hub runs as "
                  + own.getName()
                  + ". Start it as that user (or as root), or change the owner of the folder.");
        }
        return new ServerUser(null);
      }
      if (owner != null && !owner.getName().equals(ROOT)) {
        return new ServerUser(owner);
      }
      for (String name : List.of("postgres", "nobody")) {
        try {
          var users = FileSystems.getDefault().getUserPrincipalLookupService();
          return new ServerUser(users.lookupPrincipalByName(name));
        } catch (UserPrincipalNotFoundException e) {
          // The next one.
        }
      }
      throw new PostgresException(
          "The hub was started by root, and there is no user postgres or nobody to run PostgreSQL"
              + " as. Start the hub as an ordinary user.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives a file or an empty folder of ours to the user, with no rights for others. */
  void own(Path path) throws IOException {
    if (other == null) {
      return;
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    view.setOwner(other);
  }

  /** The command, run as this user. */
  List<String> as(List<String> command) {
    if (other == null) {
      return command;
    }
    List<String> all = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
      all.addAll(
          List.of(
              "/usr/bin/setpriv",
              "--reuid=" + other.getName(),
              "--regid=" + other.getName().replace("nobody", "nogroup"),
              "--clear-groups",
              "--"));
    } else {
      all.addAll(List.of("runuser", "-u", other.getName(), "--"));
    }
    all.addAll(command);
    return all;
  }

  /** Fails with a clear message if this user cannot reach the folder. */
  void requireReach(Path folder) throws NoSuchFileException {
    if (other == null) {
      return;
    }
    for (Path step = folder.getRoot(); step != null; step = next(step, folder)) {
      List<String> test = as(List.of("test", "-x", step.toString()));
      if (!Command.run(Path.of("/"), LIMIT, test).succeeded()) {
        throw new PostgresException(
            "PostgreSQL does not run as root, so it runs as the user "
                + other.getName()
                + ", who cannot enter "
                + step
                + ". Choose another --data folder, start the hub as an ordinary user, or run: chmod"
                + " o+x "
                + step);
      }
    }
  }

  private static @Nullable Path next(Path step, Path folder) {
    int names = step.getNameCount();
    return names == folder.getNameCount()
        ? null
        : folder.getRoot().resolve(folder.subpath(0, names + 1));
  }
}
