package org.heliograph.dicom.net.dimse;

import java.util.Optional;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.Uids;
import org.jspecify.annotations.Nullable;

/**
 * The information models of Query/Retrieve and its relatives with their SOP classes (PS3.4 C.6,
 * K.6, U.6, X.6, Y.6, Z.6).
 */
public enum InformationModel {
  PATIENT_ROOT(
      Uids.PatientRootQueryRetrieveFind,
      Uids.PatientRootQueryRetrieveMove,
      Uids.PatientRootQueryRetrieveGet),
  STUDY_ROOT(
      Uids.StudyRootQueryRetrieveFind,
      Uids.StudyRootQueryRetrieveMove,
      Uids.StudyRootQueryRetrieveGet),
  /** Retired. */
  PATIENT_STUDY_ONLY(
      Uids.PatientStudyOnlyQueryRetrieveFind,
      Uids.PatientStudyOnlyQueryRetrieveMove,
      Uids.PatientStudyOnlyQueryRetrieveGet),
  COMPOSITE_INSTANCE_ROOT(
      null, Uids.CompositeInstanceRootRetrieveMove, Uids.CompositeInstanceRootRetrieveGet),
  COMPOSITE_INSTANCE_WITHOUT_BULK_DATA(
      null, null, Uids.CompositeInstanceRetrieveWithoutBulkDataGet),
  MODALITY_WORKLIST(Uids.ModalityWorklistFind, null, null),
  HANGING_PROTOCOL(Uids.HangingProtocolFind, Uids.HangingProtocolMove, Uids.HangingProtocolGet),
  COLOR_PALETTE(Uids.ColorPaletteFind, Uids.ColorPaletteMove, Uids.ColorPaletteGet);

  private final @Nullable String find;
  private final @Nullable String move;
  private final @Nullable String get;

  InformationModel(@Nullable String find, @Nullable String move, @Nullable String get) {
    this.find = find;
    this.move = move;
    this.get = get;
  }

  /** The SOP class of C-FIND, if the model has one. */
  public Optional<SopClassUid> find() {
    return Optional.ofNullable(find).map(SopClassUid::of);
  }

  /** The SOP class of C-MOVE, if the model has one. */
  public Optional<SopClassUid> move() {
    return Optional.ofNullable(move).map(SopClassUid::of);
  }

  /** The SOP class of C-GET, if the model has one. */
  public Optional<SopClassUid> get() {
    return Optional.ofNullable(get).map(SopClassUid::of);
  }
}
