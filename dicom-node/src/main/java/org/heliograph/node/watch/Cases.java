package org.heliograph.node.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The case files that lie in the folder at one look, and what each says. */
final class Cases {
  private final Path root;
  private final LocalDate today;
  private final Map<Path, Found> byFolder = new HashMap<>();

  /** What there is for a file. */
  sealed interface Answer {
    /** Patient data; from a case file, or from the name of a folder if that is null. */
    record Known(CaseData data, @Nullable Path file) implements Answer {}

    /** A case file that a person has to correct. */
    record Wrong(String problem, @Nullable Path file) implements Answer {}

    /** A case file that is perhaps still being written. */
    record Unsettled() implements Answer {}

    /** Nothing. */
    record None() implements Answer {}
  }

  private record Found(Path file, Answer answer) {}

  Cases(Path root, LocalDate today) {
    this.root = root;
    this.today = today;
  }

  void add(FolderListing.Item item, boolean settled, ZoneId zone) {
    Path file = item.path();
    Path folder = file.getParent();
    if (folder != null) {
      LocalDate day = LocalDate.ofInstant(item.attributes().lastModifiedTime().toInstant(), zone);
      byFolder.put(
          folder, new Found(file, settled ? read(file, folder, day) : new Answer.Unsettled()));
    }
  }

  private Answer read(Path file, Path folder, LocalDate day) {
    try {
      return new Answer.Known(
          CaseData.of(CaseFile.read(file), root.relativize(folder), day, today), file);
    } catch (CaseProblem e) {
      return new Answer.Wrong(String.valueOf(e.getMessage()), file);
    } catch (IOException e) {
      return new Answer.Unsettled(); // gone, or held open
    }
  }

  Iterable<Path> files() {
    return byFolder.values().stream().map(Found::file).toList();
  }

  /** What the case file in a folder says. */
  Answer in(Path folder) {
    Found found = byFolder.get(folder);
    return found == null ? new Answer.None() : found.answer();
  }

  /** The nearest case file or telling folder name, from a file's own folder upwards. */
  Answer of(Path file) {
    for (Path at = file.getParent(); at != null && at.startsWith(root); at = at.getParent()) {
      Answer answer = in(at);
      if (!(answer instanceof Answer.None)) {
        return answer;
      }
      if (!at.equals(root)) {
        Answer named = named(at);
        if (!(named instanceof Answer.None)) {
          return named;
        }
      }
    }
    return new Answer.None();
  }

  private Answer named(Path folder) {
    try {
      CaseData data = CaseData.ofFolder(folder, root.relativize(folder), today);
      return data == null ? new Answer.None() : new Answer.Known(data, null);
    } catch (CaseProblem e) {
      return new Answer.Wrong(String.valueOf(e.getMessage()), null);
    }
  }
}
