package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import org.heliograph.dicom.data.SopClassUid;
import org.jspecify.annotations.Nullable;

/** Performs C-FIND (PS3.7 9.3.2, PS3.4 C.4.1.3). */
final class FindPerformer {
  private FindPerformer() {}

  static void perform(Exchange exchange, @Nullable FindHandler handler) throws IOException {
    var service = Queries.check(exchange, handler);
    var request =
        new FindHandler.Request(
            exchange.invocation(),
            SopClassUid.of(exchange.context().abstractSyntax()),
            exchange.readDataset());
    DimseStatus last;
    try (var matches = service.find(request)) {
      last = send(exchange, matches);
    }
    exchange.respond(last);
  }

  private static DimseStatus send(Exchange exchange, FindHandler.Matches matches)
      throws IOException {
    while (!exchange.isRequested()) {
      var match = matches.next();
      if (match == null) {
        return exchange.isCancelled() ? DimseStatus.CANCEL : DimseStatus.SUCCESS;
      }
      exchange.respond(exchange.response(match.status()), match.identifier());
    }
    return DimseStatus.CANCEL;
  }
}
