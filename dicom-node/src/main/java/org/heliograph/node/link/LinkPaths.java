package org.heliograph.node.link;

import java.util.UUID;

/** The hub's addresses for gateways, below its own URL. */
public final class LinkPaths {
  public static final String BASE = "/api/gateway";

  /** {@code POST}, without a token: {@link Enrolment.Request} to {@link Enrolment.Answer}. */
  public static final String ENROLMENT = BASE + "/enrolment";

  /** {@code GET ?after=&waitSeconds=}: {@link Messages}. */
  public static final String MESSAGES = BASE + "/messages";

  /** {@code PUT}: {@link GatewayStatus}. */
  public static final String STATUS = BASE + "/status";

  /** {@code GET} with {@code ETag}: an array of worklist items as DICOM JSON (PS3.18 Annex F). */
  public static final String WORKLIST = BASE + "/worklist";

  /** {@code GET} with {@code ETag}: what the hub sets for the gateway. */
  public static final String CONFIGURATION = BASE + "/configuration";

  private LinkPaths() {}

  /** {@code PUT} a gzipped {@link Manifest}, {@code GET} the {@link ParcelState}. */
  public static String parcel(UUID parcel) {
    return BASE + "/parcels/" + parcel;
  }

  /** {@code HEAD} and {@code PATCH} as in tus 1.0.0, see {@link UploadHeader}. */
  public static String part(UUID parcel, int number) {
    return parcel(parcel) + "/parts/" + number;
  }

  /** {@code PUT}: {@link PerformedStepReport}. */
  public static String performedStep(String sopInstanceUid) {
    return BASE + "/performed-steps/" + sopInstanceUid;
  }

  /** {@code GET}, with ranges; the form is {@code pdf}, {@code sr} or {@code text}. */
  public static String report(UUID delivery, String form) {
    return BASE + "/reports/" + delivery + "/" + form;
  }
}
