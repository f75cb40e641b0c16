package org.heliograph.node.commitment;

import java.io.IOException;
import java.util.Optional;
import org.heliograph.dicom.net.dimse.DimseException;

/**
 * Keeps requests until their outcome has been reported, over restarts and for any number of
 * processes. Called on many threads.
 */
public interface CommitmentLedger {
  /**
   * Writes a request down. The same request under the same transaction UID is reported anew.
   *
   * @return its id, once it is durable
   * @throws DimseException the caller may not ask ({@code 0124}), or the transaction UID stands for
   *     another request of the same caller ({@code 0110})
   * @throws IOException nothing was written down, worth another try
   */
  long accept(CommitmentRequest request) throws IOException;

  /**
   * Takes the report of one request to tell it now; nobody else gets it for some minutes. What is
   * committed is found out when it is first taken.
   *
   * @return empty if it has been told, or somebody else has it
   * @throws IOException it cannot be found out now
   */
  Optional<CommitmentReport> claim(long id) throws IOException;

  /** Takes a report that is due, in the same way. */
  Optional<CommitmentReport> claimDue() throws IOException;

  /** The receiver has answered that it knows. */
  void told(CommitmentReport report) throws IOException;

  /**
   * The receiver could not be told: due again after a pause that grows with each attempt, until
   * somebody has to look.
   *
   * @param code why, short and without content
   */
  void notTold(CommitmentReport report, String code) throws IOException;

  /** The association of a request has ended before its report was sent: due at once. */
  void associationEnded(long id) throws IOException;
}
