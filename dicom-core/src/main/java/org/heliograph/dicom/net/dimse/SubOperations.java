package org.heliograph.dicom.net.dimse;

/**
 * The sub-operations of a C-MOVE or C-GET, counted (PS3.4 C.4.2.1.6 to C.4.2.1.9).
 *
 * @param remaining not yet done; 0 in a final response that does not tell
 * @param completed with success
 * @param failed not stored
 * @param warning stored with a warning
 */
public record SubOperations(int remaining, int completed, int failed, int warning) {
  static final int MAX = 0xffff;

  static SubOperations none() {
    return new SubOperations(0, 0, 0, 0);
  }

  SubOperations add(DimseStatus status) {
    var left = Math.max(0, remaining - 1);
    return switch (status.category()) {
      case SUCCESS -> new SubOperations(left, completed + 1, failed, warning);
      case WARNING -> new SubOperations(left, completed, failed, warning + 1);
      default -> new SubOperations(left, completed, failed + 1, warning);
    };
  }

  void writeTo(CommandSet command) {
    command
        .us(CommandTag.NUMBER_OF_COMPLETED_SUBOPERATIONS, Math.min(MAX, completed))
        .us(CommandTag.NUMBER_OF_FAILED_SUBOPERATIONS, Math.min(MAX, failed))
        .us(CommandTag.NUMBER_OF_WARNING_SUBOPERATIONS, Math.min(MAX, warning));
  }

  static SubOperations of(CommandSet command) {
    return new SubOperations(
        command.us(CommandTag.NUMBER_OF_REMAINING_SUBOPERATIONS).orElse(0),
        command.us(CommandTag.NUMBER_OF_COMPLETED_SUBOPERATIONS).orElse(0),
        command.us(CommandTag.NUMBER_OF_FAILED_SUBOPERATIONS).orElse(0),
        command.us(CommandTag.NUMBER_OF_WARNING_SUBOPERATIONS).orElse(0));
  }
}
