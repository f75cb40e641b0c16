package org.heliograph.dicom.net.dimse;

/**
 * The statuses by which each service tells of failures that are not its own handler's choice: the
 * one place that maps them (PS3.4 B.2.3, C.4.1.1.4, C.4.2.1.5, C.4.3.1.4; PS3.7 Annex C).
 */
final class ServiceFailures {
  private ServiceFailures() {}

  /** The handler threw an I/O exception: a lack of resources that may pass. */
  static DimseStatus resources(Operation operation) {
    return switch (operation) {
      case C_STORE -> DimseStatus.OUT_OF_RESOURCES.withComment("not stored, try again later");
      case C_FIND -> DimseStatus.OUT_OF_RESOURCES;
      case C_MOVE, C_GET -> DimseStatus.UNABLE_TO_CALCULATE_MATCHES;
      default -> DimseStatus.PROCESSING_FAILURE;
    };
  }

  /** The handler has a bug. */
  static DimseStatus bug(Operation operation) {
    return switch (operation) {
      case C_FIND, C_MOVE, C_GET -> DimseStatus.UNABLE_TO_PROCESS.withComment("internal error");
      default -> DimseStatus.PROCESSING_FAILURE.withComment("internal error");
    };
  }

  /** The data set of the request is longer than we take into memory. */
  static DimseStatus tooLong(Operation operation) {
    return switch (operation) {
      case C_FIND, C_STORE -> DimseStatus.OUT_OF_RESOURCES;
      case C_MOVE, C_GET -> DimseStatus.UNABLE_TO_CALCULATE_MATCHES;
      default -> DimseStatus.RESOURCE_LIMITATION;
    };
  }

  /** The data set of the request is not DICOM. */
  static DimseStatus unreadable(Operation operation) {
    return switch (operation) {
      case C_FIND, C_MOVE, C_GET, C_STORE -> DimseStatus.UNABLE_TO_PROCESS;
      default -> DimseStatus.PROCESSING_FAILURE;
    };
  }
}
