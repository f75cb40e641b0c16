package org.heliograph.dicom.net.dimse;

import java.util.List;
import org.heliograph.dicom.net.ul.Retry;
import org.jspecify.annotations.Nullable;

/**
 * The status of a DIMSE response (PS3.7 Annex C, PS3.4 Annexes B, C, F, H, J, K). What a code means
 * in a service is told by {@link StatusMeaning}.
 *
 * @param code Status (0000,0900)
 * @param comment Error Comment (0000,0902), may be empty; at most 64 characters are sent
 * @param offendingElements Offending Element (0000,0901): tags, not values
 * @param errorId Error ID (0000,0903), an implementation's own code, or null
 */
public record DimseStatus(
    int code, String comment, List<Integer> offendingElements, @Nullable Integer errorId) {
  public static final DimseStatus SUCCESS = of(0x0000);
  public static final DimseStatus CANCEL = of(0xfe00);
  public static final DimseStatus PENDING = of(0xff00);
  public static final DimseStatus PENDING_OPTIONAL_KEYS_NOT_SUPPORTED = of(0xff01);

  public static final DimseStatus NO_SUCH_ATTRIBUTE = of(0x0105);
  public static final DimseStatus INVALID_ATTRIBUTE_VALUE = of(0x0106);
  public static final DimseStatus ATTRIBUTE_LIST_ERROR = of(0x0107);
  public static final DimseStatus PROCESSING_FAILURE = of(0x0110);
  public static final DimseStatus DUPLICATE_SOP_INSTANCE = of(0x0111);
  public static final DimseStatus NO_SUCH_SOP_INSTANCE = of(0x0112);
  public static final DimseStatus NO_SUCH_EVENT_TYPE = of(0x0113);
  public static final DimseStatus NO_SUCH_ARGUMENT = of(0x0114);
  public static final DimseStatus INVALID_ARGUMENT_VALUE = of(0x0115);
  public static final DimseStatus ATTRIBUTE_VALUE_OUT_OF_RANGE = of(0x0116);
  public static final DimseStatus INVALID_OBJECT_INSTANCE = of(0x0117);
  public static final DimseStatus NO_SUCH_SOP_CLASS = of(0x0118);
  public static final DimseStatus CLASS_INSTANCE_CONFLICT = of(0x0119);
  public static final DimseStatus MISSING_ATTRIBUTE = of(0x0120);
  public static final DimseStatus MISSING_ATTRIBUTE_VALUE = of(0x0121);
  public static final DimseStatus SOP_CLASS_NOT_SUPPORTED = of(0x0122);
  public static final DimseStatus NO_SUCH_ACTION_TYPE = of(0x0123);
  public static final DimseStatus NOT_AUTHORIZED = of(0x0124);
  public static final DimseStatus DUPLICATE_INVOCATION = of(0x0210);
  public static final DimseStatus UNRECOGNIZED_OPERATION = of(0x0211);
  public static final DimseStatus MISTYPED_ARGUMENT = of(0x0212);
  public static final DimseStatus RESOURCE_LIMITATION = of(0x0213);

  public static final DimseStatus OUT_OF_RESOURCES = of(0xa700);
  public static final DimseStatus UNABLE_TO_CALCULATE_MATCHES = of(0xa701);
  public static final DimseStatus UNABLE_TO_PERFORM_SUB_OPERATIONS = of(0xa702);
  public static final DimseStatus MOVE_DESTINATION_UNKNOWN = of(0xa801);
  public static final DimseStatus DATASET_DOES_NOT_MATCH_SOP_CLASS = of(0xa900);
  public static final DimseStatus SUB_OPERATIONS_COMPLETE_WITH_FAILURES = of(0xb000);
  public static final DimseStatus COERCION_OF_DATA_ELEMENTS = of(0xb000);
  public static final DimseStatus CANNOT_UNDERSTAND = of(0xc000);
  public static final DimseStatus UNABLE_TO_PROCESS = of(0xc000);

  public DimseStatus {
    if (code != (code & 0xffff)) {
      throw new IllegalArgumentException("a status has 16 bits");
    }
    offendingElements = List.copyOf(offendingElements);
  }

  /** What a status means for whoever asked (PS3.7 C.1 to C.5). */
  public enum Category {
    SUCCESS,
    WARNING,
    FAILURE,
    CANCEL,
    PENDING
  }

  /** A status without comment. */
  public static DimseStatus of(int code) {
    return new DimseStatus(code & 0xffff, "", List.of(), null);
  }

  /** The same status with an Error Comment. */
  public DimseStatus withComment(String text) {
    return new DimseStatus(code, text, offendingElements, errorId);
  }

  /** The same status with the elements at fault. */
  public DimseStatus withOffendingElements(List<Integer> tags) {
    return new DimseStatus(code, comment, tags, errorId);
  }

  /** The same status with an Error ID, 16 bits. */
  public DimseStatus withErrorId(int value) {
    return new DimseStatus(code, comment, offendingElements, value & 0xffff);
  }

  /** By the ranges of PS3.7 Annex C: the same in every service. */
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

  /** More responses to the same request follow. */
  public boolean isPending() {
    return category() == Category.PENDING;
  }

  /**
   * Whether a failed request is worth another try: a lack of resources passes, an object that does
   * not fit its SOP class stays as it is.
   */
  public Retry retry() {
    return switch (code) {
      case 0x0110, 0x0213, 0xfe00 -> Retry.LATER;
      default -> (code & 0xff00) == 0xa700 ? Retry.LATER : Retry.NEVER;
    };
  }

  /** Four hexadecimal digits, as the standard writes it. */
  public String hex() {
    return String.format("%04X", code);
  }

  /** Without the comment, which is a peer's text. */
  @Override
  public String toString() {
    return "DimseStatus[" + hex() + "]";
  }
}
