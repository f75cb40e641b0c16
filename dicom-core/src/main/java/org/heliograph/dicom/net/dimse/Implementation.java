package org.heliograph.dicom.net.dimse;

/** How we name ourselves in associations (PS3.7 D.3.3.2). */
public final class Implementation {
  /** Implementation Class UID, made of a UUID as PS3.5 Annex B.2 allows. */
  public static final String CLASS_UID = "2.25.103471578618607222953591831431779456431";

  /** Implementation Version Name, at most 16 characters. */
  public static final String VERSION = "HELIOGRAPH_0.1";

  private Implementation() {}
}
