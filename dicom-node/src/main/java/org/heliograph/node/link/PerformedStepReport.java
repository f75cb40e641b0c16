package org.heliograph.node.link;

/**
 * A modality's performed procedure step, as it stands at the gateway.
 *
 * @param revision grows with each change; the hub ignores what it knows already
 * @param attributes the data set as DICOM JSON (PS3.18 Annex F)
 */
public record PerformedStepReport(String callingAe, long revision, String attributes) {
  @Override
  public String toString() {
    return "PerformedStepReport[revision=" + revision + "]";
  }
}
