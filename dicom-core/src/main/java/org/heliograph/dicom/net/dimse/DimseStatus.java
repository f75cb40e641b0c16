package org.heliograph.dicom.net.dimse;

/**
 * The status of a DIMSE response (PS3.7 Annex C, PS3.4 Annex B.2.3).
 *
 * @param comment Error Comment (0000,0902), may be empty; at most 64 characters are sent
 */
public record DimseStatus(int code, String comment) {
  public static final DimseStatus SUCCESS = of(0x0000);
  public static final DimseStatus PROCESSING_FAILURE = of(0x0110);
  public static final DimseStatus MISTYPED_ARGUMENT = of(0x0212);
  public static final DimseStatus INVALID_OBJECT_INSTANCE = of(0x0117);
  public static final DimseStatus SOP_CLASS_NOT_SUPPORTED = of(0x0122);
  public static final DimseStatus UNRECOGNIZED_OPERATION = of(0x0211);
  public static final DimseStatus OUT_OF_RESOURCES = of(0xa700);
  public static final DimseStatus DATASET_DOES_NOT_MATCH_SOP_CLASS = of(0xa900);
  public static final DimseStatus COERCION_OF_DATA_ELEMENTS = of(0xb000);
  public static final DimseStatus CANNOT_UNDERSTAND = of(0xc000);

  /** What a status means for the sender. */
  public enum Category {
    SUCCESS,
    WARNING,
    FAILURE,
    CANCEL,
    PENDING
  }

  /** A status without comment. */
  public static DimseStatus of(int code) {
    return new DimseStatus(code & 0xffff, "");
  }

  /** The same status with an Error Comment. */
  public DimseStatus withComment(String text) {
    return new DimseStatus(code, text);
  }

  public Category category() {
    if (code == 0) {
      return Category.SUCCESS;
    }
    if (code == 0xff00 || code == 0xff01) {
      return Category.PENDING;
    }
    if (code == 0xfe00) {
      return Category.CANCEL;
    }
    if (code == 0x0001 || code == 0x0107 || code == 0x0116 || (code & 0xf000) == 0xb000) {
      return Category.WARNING;
    }
    return Category.FAILURE;
  }

  /** Success or warning: the peer has the instance. */
  public boolean isAccepted() {
    return category() == Category.SUCCESS || category() == Category.WARNING;
  }

  /** Four hexadecimal digits, as the standard writes it. */
  public String hex() {
    return String.format("%04X", code);
  }
}
