package org.heliograph.dicom.io;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.SequenceEncoding;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.data.Vr;

/** How long things will be, known before they are written: defined lengths and group lengths. */
final class EncodedLengths {
  private static final long MAX = 0xFFFF_FFFEL;

  private final IdentityHashMap<Dataset, Long> explicitItems = new IdentityHashMap<>();
  private final IdentityHashMap<Dataset, Long> implicitItems = new IdentityHashMap<>();

  long ofDataset(Dataset dataset, boolean explicit) throws IOException {
    IdentityHashMap<Dataset, Long> known = explicit ? explicitItems : implicitItems;
    Long length = known.get(dataset);
    if (length == null) {
      long sum = 0;
      for (Element e : dataset) {
        sum += ofElement(e, explicit);
      }
      length = sum;
      known.put(dataset, length);
    }
    return length;
  }

  /** The value of a group length element: the bytes of the group's elements after it. */
  long ofGroup(Dataset dataset, int group, boolean explicit) throws IOException {
    long sum = 0;
    for (Element e : dataset) {
      if (Tags.group(e.tag()) == group && !Tags.isGroupLength(e.tag())) {
        sum += ofElement(e, explicit);
      }
    }
    return sum;
  }

  private long ofElement(Element e, boolean explicit) throws IOException {
    return switch (e) {
      case ValueElement v -> header(writtenVr(v.vr(), v.length()), explicit) + even(v.length());
      case BulkElement b -> header(writtenVr(b.vr(), b.length()), explicit) + even(b.length());
      case SequenceElement s -> {
        long end = s.encoding().undefinedLength() ? 8 : 0;
        yield (explicit ? 12 : 8) + ofItems(s, explicit) + end;
      }
      case EncapsulatedElement p -> (explicit ? 12 : 8) + ofFragments(p) + 8;
    };
  }

  /** The length of a sequence's items with their headers and delimiters. */
  long ofItems(SequenceElement s, boolean explicit) throws IOException {
    SequenceEncoding encoding = s.encoding();
    List<Dataset> items = s.items();
    long sum = 0;
    for (int i = 0; i < items.size(); i++) {
      long item = ofDataset(items.get(i), explicit && !encoding.asUnknown());
      sum += 8 + item + (encoding.hasUndefinedLength(i) ? 8 : 0);
    }
    return sum;
  }

  private static long ofFragments(EncapsulatedElement p) throws IOException {
    long sum = 0;
    if (p.isInSource()) {
      for (int i = 0; i < p.fragmentCount(); i++) {
        sum += 8 + even(p.fragmentLength(i));
      }
    } else {
      for (DatasetSource fragment : p.fragments()) {
        sum += 8 + even(fragment.length());
      }
    }
    return sum;
  }

  private static int header(Vr vr, boolean explicit) {
    return explicit && !vr.hasShortLength() ? 12 : 8;
  }

  static long even(long length) {
    return length + (length & 1);
  }

  /** UN where the value is too long for the 16 bit length of its VR (PS3.5 6.2.2, CP-1066). */
  static Vr writtenVr(Vr vr, long length) {
    return vr.hasShortLength() && length > 0xFFFE ? Vr.UN : vr;
  }

  static int checked(long length, int tag) throws IOException {
    if (length > MAX) {
      throw new IOException(Tags.toString(tag) + " has " + length + " bytes, more than " + MAX);
    }
    return (int) length;
  }
}
