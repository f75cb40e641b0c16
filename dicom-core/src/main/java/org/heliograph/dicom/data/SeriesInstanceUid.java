package org.heliograph.dicom.data;

/** Series Instance UID (0020,000E). */
public record SeriesInstanceUid(Uid value) {
  /** From text; what is no UID is refused. */
  public static SeriesInstanceUid of(String uid) {
    return new SeriesInstanceUid(new Uid(uid));
  }

  @Override
  public String toString() {
    return value.value();
  }
}
