package org.heliograph.dicom.io;

import java.util.ArrayList;
import java.util.List;

/** Collects warnings up to a bound, so that a hostile stream cannot fill the memory with them. */
final class Warnings {
  private static final int MAX = 100;

  private final List<ReadWarning> list = new ArrayList<>();

  void add(ReadWarning.Code code, int tag, long offset) {
    if (list.size() < MAX - 1) {
      list.add(new ReadWarning(code, tag, offset));
    } else if (list.size() == MAX - 1) {
      list.add(new ReadWarning(ReadWarning.Code.MORE_WARNINGS, tag, offset));
    }
  }

  List<ReadWarning> list() {
    return list;
  }
}
