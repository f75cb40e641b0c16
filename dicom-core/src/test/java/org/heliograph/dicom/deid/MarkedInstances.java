package org.heliograph.dicom.deid;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntPredicate;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.data.Vr;

/** Data sets with each attribute of the profile's table, and values that are found again. */
final class MarkedInstances {
  /** The table's attributes that live in data sets. */
  static final List<Integer> TABLE =
      ProfileTable.resource()
          .lines()
          .map(l -> l.split("\t", -1)[0])
          .filter(t -> !t.startsWith("60XX"))
          .map(t -> Integer.parseUnsignedInt(t, 16))
          .filter(t -> Tags.group(t) >= 4)
          .toList();

  private final Random random;
  private int number;

  MarkedInstances(long seed) {
    this.random = new Random(seed);
  }

  /** All attributes of the table in one data set, items and private blocks of more of them. */
  Dataset next(IntPredicate wanted) {
    return dataset(TABLE, wanted, 3);
  }

  private Dataset dataset(List<Integer> tags, IntPredicate wanted, int depth) {
    Dataset.Builder builder = Dataset.builder();
    for (int tag : tags) {
      if (wanted.test(tag)) {
        element(builder, tag, Dictionary.vrOf(tag), wanted, depth);
      }
    }
    int group = 0x0009 + 2 * random.nextInt(20);
    builder.text((group << 16) | 0x10, Vr.LO, text(Vr.LO));
    builder.text((group << 16) | 0x1001, Vr.LT, text(Vr.LT));
    builder.bytes((group << 16) | 0x1002, Vr.UN, text(Vr.LT).getBytes(StandardCharsets.US_ASCII));
    int repeating = 0x60000000 + ((2 * random.nextInt(16)) << 16);
    builder.text(repeating | 0x4000, Vr.LT, text(Vr.LT));
    builder.bytes(repeating | 0x3000, Vr.OB, text(Vr.LT).getBytes(StandardCharsets.US_ASCII));
    builder.text((repeating - 0x10000000) | 0x0022, Vr.LO, text(Vr.LO));
    return builder.build();
  }

  private void element(Dataset.Builder builder, int tag, Vr vr, IntPredicate wanted, int depth) {
    switch (vr) {
      case SQ -> builder.sequence(tag, items(wanted, depth));
      case AT, FD, FL, SL, SS, SV, UL, US, UV ->
          builder.bytes(tag, vr, bytes(vr == Vr.AT ? 4 : vr.unitBytes()));
      case OB, OD, OF, OL, OV, OW, UN ->
          builder.bytes(tag, vr, text(Vr.LT).repeat(2).getBytes(StandardCharsets.US_ASCII));
      default -> builder.text(tag, vr, text(vr));
    }
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private List<Dataset> items(IntPredicate wanted, int depth) {
    List<Dataset> items = new ArrayList<>();
    for (int i = depth == 0 ? 0 : 1 + random.nextInt(2); i > 0; i--) {
      List<Integer> some = new ArrayList<>();
      for (int n = 0; n < 6; n++) {
        some.add(TABLE.get(random.nextInt(TABLE.size())));
      }
      items.add(dataset(some, wanted, depth - 1));
    }
    return items;
  }

  /** A value that nothing else has. */
  private String text(Vr vr) {
    number++;
    return switch (vr) {
      case DA -> String.format(Locale.ROOT, "2031%02d%02d", 1 + number % 12, 1 + number % 28);
      case DT -> String.format(Locale.ROOT, "2031%02d%02d1234", 1 + number % 12, 1 + number % 28);
      case TM -> String.format(Locale.ROOT, "%02d%02d31", number % 24, number % 60);
      case AS -> "077Y";
      case DS, IS -> "77" + number;
      case UI -> "1.2.777." + number;
      case UR -> "http://marker/" + number;
      default -> "MARKER" + number;
    };
  }

  /** Every value that looks like one of those above, as tag and value. */
  static List<String> markers(Dataset dataset) {
    List<String> found = new ArrayList<>();
    for (Element e : dataset) {
      switch (e) {
        case SequenceElement s -> s.items().forEach(i -> found.addAll(markers(i)));
        case ValueElement v -> {
          String raw = new String(v.bytes(), StandardCharsets.ISO_8859_1);
          boolean marked =
              switch (v.vr()) {
                case TM -> raw.strip().endsWith("31");
                case DA, DT -> raw.startsWith("2031");
                case DS, IS -> raw.startsWith("77");
                case UI -> raw.startsWith("1.2.777.");
                default -> raw.contains("MARKER") || raw.contains("marker") || raw.equals("077Y");
              };
          if (marked) {
            found.add(Tags.toString(v.tag()) + " " + v.vr());
          }
        }
        case BulkElement _, EncapsulatedElement _ -> {}
      }
    }
    return found;
  }

  /** An instance that is not marked but for its identity. */
  static Dataset.Builder plain(String patient) {
    return Dataset.builder()
        .string(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2")
        .string(Tag.SOPInstanceUID, "1.2.777.1." + Integer.toUnsignedLong(patient.hashCode()))
        .string(Tag.StudyInstanceUID, "1.2.777.2")
        .string(Tag.PatientID, patient)
        .string(Tag.PatientName, "MARKER^" + patient);
  }
}
