package org.heliograph.node.watch;

/**
 * Why a file was not taken, in words for the person who put it there.
 *
 * @param why one sentence
 * @param remedy what to do now
 */
record Refusal(String why, String remedy) {
  static final Refusal LINK =
      new Refusal("This is a link and no file.", "Copy the file itself into the folder.");
  static final Refusal EMPTY =
      new Refusal("The file is empty.", "Export it again and copy it into the folder.");
  static final Refusal NOT_WHOLE =
      new Refusal(
          "The file is not complete, and has not changed for some time.",
          "Copy it into the folder again.");
  static final Refusal UNKNOWN_KIND =
      new Refusal(
          "This is neither a DICOM file nor a JPEG or PNG photo nor a PDF.",
          "Save it as one of these and copy it into the folder.");
  static final Refusal PHONE_KIND =
      new Refusal(
          "This is a photo in a phone's own format (HEIC, AVIF or WebP).",
          "Set the camera to 'most compatible' (JPEG), or export the photo as JPEG.");
  static final Refusal UNREADABLE_DICOM =
      new Refusal(
          "This DICOM file cannot be read.", "Export it again from where it came, and try again.");
  static final Refusal OTHER_CLASS =
      new Refusal(
          "The DICOM file is not what its header says.",
          "Export it again from where it came, and try again.");
  static final Refusal NOT_ALLOWED =
      new Refusal(
          "The gateway does not take this kind of DICOM file.",
          "Ask the person who looks after the gateway.");
  static final Refusal CONFLICT =
      new Refusal(
          "Another image with the same number came before, with other content."
              + " This one is kept apart.",
          "Ask the person who looks after the gateway: its status page shows both.");
  static final Refusal NO_PATIENT =
      new Refusal(
          "Nothing says whose this is: there is no case.properties beside it.",
          "Put a text file with the name case.properties beside it, with the lines"
              + " patient-id = ..., patient-name = ..., birth-date = 1980-12-31, sex = F;"
              + " then move all of it back.");

  static Refusal tooLarge(long mostBytes) {
    return new Refusal(
        "The file is larger than " + (mostBytes >> 20) + " MB.",
        "Make it smaller, or send it in parts.");
  }

  static Refusal caseFile(String problem) {
    return new Refusal(
        "In the text file case.properties: " + problem,
        "Correct the line, and move the files back together with it.");
  }

  String text(String fileName) {
    return "This file was not taken: "
        + fileName
        + "\r\n\r\nWhy: "
        + why
        + "\r\nWhat to do: "
        + remedy
        + "\r\n";
  }
}
