package org.heliograph.node.query;

import org.heliograph.dicom.data.AeTitle;

/**
 * The address of an application entity that takes instances.
 *
 * @param transport whether TLS is spoken; trust and keys are those of the process
 */
public record MoveTarget(AeTitle aeTitle, String host, int port, Transport transport) {
  /** Plain TCP or TLS. */
  public enum Transport {
    PLAIN,
    TLS
  }
}
