package org.heliograph.reader.cases;

import java.util.List;

/**
 * The pictures of a case in numbers: photos the clinic uploaded, images a modality sent, and the
 * fields of the request's patient that an image header contradicts.
 */
public record CaseImages(String modality, int photoCount, int sentCount, List<String> mismatch) {
  public static final CaseImages NONE = new CaseImages("", 0, 0, List.of());

  public CaseImages {
    mismatch = List.copyOf(mismatch);
  }

  public CaseImages withMismatch(List<String> fields) {
    return new CaseImages(modality, photoCount, sentCount, fields);
  }

  public int total() {
    return photoCount + sentCount;
  }
}
