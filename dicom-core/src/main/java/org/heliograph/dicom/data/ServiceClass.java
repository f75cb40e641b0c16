package org.heliograph.dicom.data;

/** The service classes that SOP classes belong to (PS3.4). */
public enum ServiceClass {
  /** PS3.4 Annex A. */
  VERIFICATION,
  /** PS3.4 Annex B, with the storage of non-patient objects (Annex GG). */
  STORAGE,
  /** PS3.4 Annex C, with composite instance roots (Annexes Y and Z). */
  QUERY_RETRIEVE,
  /** Modality Performed Procedure Step, PS3.4 Annex F. */
  PROCEDURE_STEP,
  /** PS3.4 Annex H. */
  PRINT,
  /** Media file sets and their directory, PS3.4 Annex I. */
  MEDIA,
  /** PS3.4 Annex J. */
  STORAGE_COMMITMENT,
  /** Modality Worklist, PS3.4 Annex K. */
  WORKLIST,
  /** Procedural event and substance administration logging, PS3.4 Annexes P and V. */
  LOGGING,
  /** PS3.4 Annex Q. */
  RELEVANT_PATIENT_INFORMATION,
  /** PS3.4 Annex R. */
  INSTANCE_AVAILABILITY,
  /** PS3.4 Annex S. */
  MEDIA_CREATION,
  /** Query and retrieve of hanging protocols, PS3.4 Annex U. */
  HANGING_PROTOCOL,
  /** Query and retrieve of color palettes, PS3.4 Annex X. */
  COLOR_PALETTE,
  /** PS3.4 Annex CC. */
  UNIFIED_PROCEDURE_STEP
}
