package org.heliograph.dicom.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;

/** Data sets from a seed: every VR, private elements, nested sequences, text of many scripts. */
public final class RandomDatasets {
  private static final String[] TEXTS = {
    "plain", "Äneas Müller", "山田太郎", "สมชาย", "محمد", "Δοκιμή", "a b  c", "Łódź", "😀", "x"
  };

  private static final java.util.List<Vr> VRS = java.util.List.of(Vr.values());

  private final Random random;

  public RandomDatasets(long seed) {
    this.random = new Random(seed);
  }

  public Dataset next() {
    return next(3);
  }

  private Dataset next(int depth) {
    Dataset.Builder builder = Dataset.builder();
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      element(builder, depth);
    }
    if (random.nextInt(4) == 0) {
      builder.string(Tag.SpecificCharacterSet, random.nextBoolean() ? "ISO_IR 100" : "ISO_IR 192");
    }
    return builder.build();
  }

  private void element(Dataset.Builder builder, int depth) {
    Vr vr = VRS.get(random.nextInt(VRS.size()));
    // A private tag: its VR is known to explicit syntaxes only.
    int tag = 0x00110000 + (random.nextInt(8) << 17) + 0x1000 + random.nextInt(0x100);
    switch (vr) {
      case SQ -> {
        List<Dataset> items = new ArrayList<>();
        for (int i = random.nextInt(3); depth > 0 && i > 0; i--) {
          items.add(next(depth - 1));
        }
        builder.sequence(tag, items);
      }
      case AE, AS, CS, DA, DT, TM, UI -> builder.text(tag, vr, ascii(vr));
      case DS -> builder.decimal(tag, vr, random.nextGaussian() * 1e6, random.nextInt(100));
      case IS -> builder.integer(tag, vr, random.nextInt(), random.nextInt());
      case LO, SH, UC -> builder.text(tag, vr, text(), text());
      case PN -> builder.text(tag, vr, text() + "^" + text() + "=" + text());
      case LT, ST, UT, UR ->
          builder.text(tag, vr, vr == Vr.UR ? "http://x/y\\z" : text() + "\\\r\n" + text());
      case AT, SL, SS, UL, US, FL, FD, SV, UV, OB, OD, OF, OL, OV, OW, UN -> {
        byte[] bytes = new byte[8 * random.nextInt(5)];
        random.nextBytes(bytes);
        builder.bytes(tag, vr, bytes);
      }
    }
  }

  private String ascii(Vr vr) {
    return switch (vr) {
      case UI -> "1.2." + random.nextInt(100000);
      case DA -> "20260102";
      case TM -> "101112.5";
      case DT -> "20260102101112+0100";
      case AS -> "044Y";
      default -> "VALUE" + random.nextInt(1000);
    };
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }
}
