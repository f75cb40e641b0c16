package org.heliograph.node.prepare;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.node.link.Manifest;

/**
 * How a parcel travels.
 *
 * @param parts in the order of sending
 * @param files where each part's bytes lie, by its number
 * @param partOf the part that carries each object, by its content id
 * @param previewed the content ids of the objects that have a preview in part 0
 */
public record PartPlan(
    List<Manifest.Part> parts,
    Map<Integer, Path> files,
    Map<String, Integer> partOf,
    Set<String> previewed) {
  /** Copies the collections. */
  public PartPlan {
    parts = List.copyOf(parts);
    files = Map.copyOf(files);
    partOf = Map.copyOf(partOf);
    previewed = Set.copyOf(previewed);
  }

  /** Where a part's bytes lie. */
  public Path file(int number) {
    Path file = files.get(number);
    if (file == null) {
      throw new IllegalArgumentException("there is no part " + number);
    }
    return file;
  }

  /** UIDs identify a patient's study, so they are not shown. */
  @Override
  public String toString() {
    return "PartPlan[" + parts.size() + " parts]";
  }
}
