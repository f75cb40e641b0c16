package org.heliograph.archive.ingest.photo;

/** Carries a refusal out of the preparation; {@link PhotoIngest} makes a result of it. */
final class PhotoRefusedException extends Exception {

  private final PhotoRefusal refusal;

  PhotoRefusedException(PhotoRefusal refusal) {
    super(refusal.reason());
    this.refusal = refusal;
  }

  PhotoRefusedException(PhotoRefusal refusal, Throwable cause) {
    super(refusal.reason(), cause);
    this.refusal = refusal;
  }

  PhotoRefusal refusal() {
    return refusal;
  }
}
