package org.heliograph.archive.ingest.photo;

/** Why a photo is not taken, and what the person with the camera can do about it. */
public enum PhotoRefusal {
  EMPTY("The file is empty", "Take or choose the photo again and upload it once more."),
  TOO_MANY_BYTES(
      "The file is larger than 25 MB",
      "Send it as JPEG, or set the camera to a smaller picture size."),
  TOO_MANY_PIXELS(
      "The photo has more than 60 megapixels", "Set the camera to a smaller picture size."),
  TOO_SMALL(
      "The photo is smaller than 800 by 600 pixels",
      "Take it again with the camera app and send the original, not a copy from a messenger."),
  HEIC(
      "The photo is in the HEIC format",
      "On an iPhone choose Settings, Camera, Formats, Most Compatible, or share it as JPEG."),
  AVIF("The photo is in the AVIF format", "Save it as JPEG or PNG and upload it again."),
  WEBP("The photo is in the WebP format", "Save it as JPEG or PNG and upload it again."),
  TIFF("The photo is in the TIFF format", "Save it as JPEG or PNG and upload it again."),
  GIF("The file is a GIF picture", "Take a photo with the camera and upload it as JPEG."),
  BMP("The photo is in the BMP format", "Save it as JPEG or PNG and upload it again."),
  DICOM(
      "The file is a DICOM object, not a photo",
      "Send X-rays from the modality, or upload them as X-ray files."),
  PDF("The file is a PDF document, not a photo", "Upload the photo itself as JPEG or PNG."),
  NOT_A_PHOTO("The file is not a photo", "Upload a JPEG or PNG picture."),
  DAMAGED(
      "The photo is damaged or incomplete",
      "Check that it opens on the phone, or take it again, and upload it once more."),
  UNSUPPORTED_ENCODING(
      "The photo uses a rare kind of JPEG or PNG", "Save it as ordinary JPEG and upload it again.");

  private final String reason;
  private final String nextStep;

  PhotoRefusal(String reason, String nextStep) {
    this.reason = reason;
    this.nextStep = nextStep;
  }

  public String reason() {
    return reason;
  }

  public String nextStep() {
    return nextStep;
  }

  static PhotoRefusal of(PhotoFormat format) {
    return switch (format) {
      case HEIC -> HEIC;
      case AVIF -> AVIF;
      case WEBP -> WEBP;
      case TIFF -> TIFF;
      case GIF -> GIF;
      case BMP -> BMP;
      case DICOM -> DICOM;
      case PDF -> PDF;
      case JPEG, PNG, UNKNOWN -> NOT_A_PHOTO;
    };
  }
}
