package org.heliograph.archive.patients;

import java.util.List;
import org.heliograph.dicom.data.StudyInstanceUid;

/** How a change of a patient ended. */
public sealed interface ChangeResult {
  /** It is durable and on the history; these studies show the patient anew. */
  record Changed(long changeId, List<StudyInstanceUid> studies) implements ChangeResult {
    public Changed {
      studies = List.copyOf(studies);
    }
  }

  /** Nothing changed. */
  record NotChanged(Reason reason) implements ChangeResult {}

  /** Why nothing changed. */
  enum Reason {
    /** The site has no such patient, or there is no such change. */
    NOT_FOUND,
    /** The two are one already, or all values are so already. */
    NOTHING_TO_DO,
    /** The new Patient ID is that of another patient: that is a merge. */
    ID_OF_ANOTHER,
    /** A later change touched the same patients; it has to be undone first. */
    CHANGED_SINCE,
    /** It was undone before, or undoes another one itself. */
    NOT_UNDOABLE
  }
}
