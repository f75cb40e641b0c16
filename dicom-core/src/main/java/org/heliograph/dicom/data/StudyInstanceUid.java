package org.heliograph.dicom.data;

/** Study Instance UID (0020,000D). */
public record StudyInstanceUid(Uid value) {
  /** From text; what is no UID is refused. */
  public static StudyInstanceUid of(String uid) {
    return new StudyInstanceUid(new Uid(uid));
  }

  @Override
  public String toString() {
    return value.value();
  }
}
