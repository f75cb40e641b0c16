package org.heliograph.dicom.io;

import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;

/** Compares what a group length element (PS3.5 7.2) says with where its group ends. */
final class GroupLength {
  private final Warnings warnings;
  private int tag;
  private long end = -1;

  GroupLength(Warnings warnings) {
    this.warnings = warnings;
  }

  /** Takes the length if the element is one; the position is that after the element. */
  void see(Element e, long position) {
    if (Tags.isGroupLength(e.tag()) && e instanceof ValueElement v) {
      long[] length = v.longs();
      if (length.length == 1) {
        tag = e.tag();
        end = position + length[0];
      }
    }
  }

  boolean isOver(int nextTag) {
    return Tags.group(nextTag) != Tags.group(tag);
  }

  /** Warns when the group does not end where it was said to. */
  void leave(long position) {
    if (end >= 0 && end != position) {
      warnings.add(
          Tags.group(tag) == 2
              ? ReadWarning.Code.WRONG_META_LENGTH
              : ReadWarning.Code.WRONG_GROUP_LENGTH,
          tag,
          position);
    }
  }
}
