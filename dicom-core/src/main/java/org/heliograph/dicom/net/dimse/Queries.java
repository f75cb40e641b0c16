package org.heliograph.dicom.net.dimse;

import org.jspecify.annotations.Nullable;

/** What C-FIND, C-MOVE and C-GET requests must have. */
final class Queries {
  private Queries() {}

  /** The handler, if the request is one that it can be asked about. */
  static <T> T check(Exchange exchange, @Nullable T handler) throws DimseException {
    var sopClass = exchange.command().text(CommandTag.AFFECTED_SOP_CLASS_UID);
    if (!sopClass.equals(exchange.context().abstractSyntax())) {
      throw new DimseException(
          DimseStatus.SOP_CLASS_NOT_SUPPORTED.withComment("not the context's abstract syntax"));
    }
    if (handler == null) {
      throw new DimseException(DimseStatus.UNRECOGNIZED_OPERATION);
    }
    if (!exchange.command().hasDataSet()) {
      throw new DimseException(
          DimseStatus.MISTYPED_ARGUMENT.withComment("request without identifier"));
    }
    return handler;
  }
}
