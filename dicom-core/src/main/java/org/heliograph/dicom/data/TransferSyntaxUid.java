package org.heliograph.dicom.data;

/** Transfer Syntax UID (0002,0010). */
public record TransferSyntaxUid(Uid value) {
  /** From text; what is no UID is refused. */
  public static TransferSyntaxUid of(String uid) {
    return new TransferSyntaxUid(new Uid(uid));
  }

  @Override
  public String toString() {
    return value.value();
  }
}
