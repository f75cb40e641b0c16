package org.heliograph.samples.demo;

import java.util.List;
import java.util.function.Supplier;
import org.heliograph.samples.skin.Lesion;
import org.heliograph.samples.skin.SkinPhoto;
import org.heliograph.samples.skin.SkinTone;
import org.heliograph.samples.study.XrayStudy;
import org.heliograph.samples.xray.Radiograph;

/** What a demo case shows. The pictures are made when they are sent. */
sealed interface DemoPictures {
  /** An X-ray that the clinic's machine sends under this accession number. */
  record Xray(
      String accessionNumber, XrayStudy.Projection projection, Supplier<Radiograph> radiograph)
      implements DemoPictures {}

  /** Photos of one lesion, an overview first. */
  record Photos(SkinTone tone, Lesion lesion, long seed, List<SkinPhoto.View> views)
      implements DemoPictures {
    public Photos {
      views = List.copyOf(views);
    }
  }
}
