package org.heliograph.archive.retention;

import java.util.UUID;
import org.heliograph.dicom.data.StudyInstanceUid;

/**
 * Is told of removals inside the transaction that does them, so that there is none that is not on
 * record.
 */
public interface RemovalListener {
  RemovalListener NONE = _ -> {};

  /**
   * What was removed of a study.
   *
   * @param wholeStudy whether nothing is left of it
   */
  record Removed(
      UUID siteId, StudyInstanceUid study, int instanceCount, String actor, boolean wholeStudy) {}

  void removed(Removed removed);
}
