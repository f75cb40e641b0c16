package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.time.Duration;

/**
 * What an SCP still does on the association of a request when it has answered it: it reports events
 * (PS3.7 10.1.1). Follow-ups of an association run one after the other, on its thread, in the order
 * in which they were added.
 */
public interface FollowUp {
  /**
   * How long the peer must have said nothing before this runs: many requestors release as soon as
   * they are answered, and a report that crosses their release is lost.
   */
  Duration silence();

  /**
   * Reports, while the peer has no request under way.
   *
   * @throws IOException ends the association
   */
  void run(EventReporter reporter) throws IOException;

  /** The association has ended, or too many follow-ups wait on it: this will not be run. */
  default void abandoned() {}
}
