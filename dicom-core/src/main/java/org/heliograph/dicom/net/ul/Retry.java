package org.heliograph.dicom.net.ul;

/**
 * Whether what failed is worth another try: part of the failure itself, so that nobody has to guess
 * it from a message.
 */
public enum Retry {
  /** At once, on a new association: nothing speaks against it. */
  NOW,
  /** After a pause: the peer is busy, full, out of reach or shutting down. */
  LATER,
  /** Not as it is: a person has to change a setting, or the request is wrong. */
  NEVER
}
