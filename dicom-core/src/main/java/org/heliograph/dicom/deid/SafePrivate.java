package org.heliograph.dicom.deid;

import java.util.Map;
import java.util.Set;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;

/**
 * Private attributes that identify nobody, by group and creator, from PS3.15 Table E.3.10-1:
 * acquisition parameters that quantitative work needs. Sequences are none of them.
 */
final class SafePrivate {
  private static final Map<String, Set<Integer>> ELEMENTS =
      Map.ofEntries(
          Map.entry("7053 Philips PET Private Group", Set.of(0x00, 0x09)),
          Map.entry("00E1 ELSCINT1", Set.of(0x21)),
          Map.entry("01E1 ELSCINT1", Set.of(0x26, 0x50)),
          Map.entry("01F1 ELSCINT1", Set.of(0x01, 0x07, 0x26, 0x27)),
          Map.entry("0019 GEMS_ACQU_01", Set.of(0x23, 0x24, 0x27, 0x9E)),
          Map.entry("0025 GEMS_SERS_01", Set.of(0x07)),
          Map.entry("0043 GEMS_PARM_01", Set.of(0x27, 0x39, 0x6F)),
          Map.entry("0045 GEMS_HELIOS_01", Set.of(0x01, 0x02)),
          Map.entry("0903 GEIIS PACS", Set.of(0x10, 0x11, 0x12)),
          Map.entry("2001 Philips Imaging DD 001", Set.of(0x03, 0x04)),
          Map.entry("0019 SIEMENS MR HEADER", Set.of(0x0C, 0x0D, 0x0E, 0x27)));

  private SafePrivate() {}

  /** Whether a private attribute of a data set, or the creator of a safe one, may stay. */
  static boolean isSafe(Dataset dataset, Element element) {
    if (!(element instanceof ValueElement)) {
      return false;
    }
    int tag = element.tag();
    if (!Tags.isPrivateCreator(tag)) {
      return Tags.element(tag) >= 0x1000
          && safe(dataset, Tags.privateCreatorOf(tag)).contains(tag & 0xFF);
    }
    Set<Integer> safe = safe(dataset, tag);
    return safe.stream()
        .map(e -> (tag & 0xFFFF0000) | (Tags.element(tag) << 8) | e)
        .anyMatch(t -> dataset.get(t).filter(ValueElement.class::isInstance).isPresent());
  }

  private static Set<Integer> safe(Dataset dataset, int creatorTag) {
    String creator = dataset.string(creatorTag, "");
    return ELEMENTS.getOrDefault(Tags.toHex(creatorTag).substring(0, 4) + " " + creator, Set.of());
  }
}
