package org.heliograph.dicom.data;

/** SOP Instance UID (0008,0018). */
public record SopInstanceUid(Uid value) {
  /** From text; what is no UID is refused. */
  public static SopInstanceUid of(String uid) {
    return new SopInstanceUid(new Uid(uid));
  }

  @Override
  public String toString() {
    return value.value();
  }
}
