package org.heliograph.reader.delivery;

import java.util.UUID;
import org.heliograph.reader.cases.CaseFile;

/** Is told of each delivered report, in the transaction that delivers it. */
@FunctionalInterface
public interface DeliveryObserver {
  /**
   * A report is in the inbox of its receiver.
   *
   * @param file the case, locked
   * @param issueId the signed issue
   */
  void delivered(CaseFile file, UUID issueId, UUID deliveryId);
}
