package org.heliograph.dicom.data;

/** SOP Class UID (0008,0016). */
public record SopClassUid(Uid value) {
  public static SopClassUid of(String uid) {
    return new SopClassUid(new Uid(uid));
  }

  @Override
  public String toString() {
    return value.value();
  }
}
