package org.heliograph.dicom.data;

/** SOP Class UID (0008,0016). */
public record SopClassUid(Uid value) {
  /** From text; what is no UID is refused. */
  public static SopClassUid of(String uid) {
    return new SopClassUid(new Uid(uid));
  }

  @Override
  public String toString() {
    return value.value();
  }
}
