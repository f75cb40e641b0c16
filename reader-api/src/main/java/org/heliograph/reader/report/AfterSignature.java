package org.heliograph.reader.report;

import java.util.UUID;
import org.heliograph.reader.cases.CaseId;

/**
 * Told of every signature inside its transaction: what it writes is durable exactly when the signed
 * report is.
 */
public interface AfterSignature {
  void signed(CaseId caseId, UUID issueId);
}
