package org.heliograph.dicom.data;

import java.util.List;

/**
 * An attribute of PS3.6.
 *
 * @param tag the tag, for a repeating group its first
 * @param vrs the value representations that the standard allows, at least one
 * @param vm the value multiplicity as printed, such as {@code 1-n}
 */
public record DictionaryEntry(
    int tag, String keyword, List<Vr> vrs, String vm, boolean retired, String name) {
  /** Copies the list. */
  public DictionaryEntry {
    vrs = List.copyOf(vrs);
  }

  /** The VR to write when none is given. */
  public Vr vr() {
    return vrs.contains(Vr.OW) ? Vr.OW : vrs.getFirst();
  }
}
