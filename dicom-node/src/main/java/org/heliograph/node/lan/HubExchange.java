package org.heliograph.node.lan;

import java.io.IOException;
import java.io.InputStream;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.node.link.PerformedStepReport;

/** What the services on the LAN need of the hub. An exchange that fails is worth another try. */
public interface HubExchange {
  /**
   * The worklist of the site: an array of DICOM JSON.
   *
   * @param etag of the answer that is here already, or empty
   */
  Answer worklist(String etag) throws IOException, InterruptedException;

  /**
   * What the hub sets for the gateway, a JSON object.
   *
   * @param etag of the answer that is here already, or empty
   */
  Answer configuration(String etag) throws IOException, InterruptedException;

  /** Tells how a step stands. */
  StepAnswer tell(SopInstanceUid step, PerformedStepReport report)
      throws IOException, InterruptedException;

  /** An answer to a conditional question. */
  sealed interface Answer {
    /** What is here is right still. */
    record Unchanged() implements Answer {}

    /**
     * Another answer.
     *
     * @param body without content encoding; closed by whoever asked
     */
    record Changed(String etag, InputStream body) implements Answer {}
  }

  /** What the hub makes of a step. */
  sealed interface StepAnswer {
    /** It is durable there. */
    record Taken() implements StepAnswer {}

    /**
     * It will never be taken as it is.
     *
     * @param code why, of the hub's list
     */
    record Refused(String code) implements StepAnswer {}
  }
}
