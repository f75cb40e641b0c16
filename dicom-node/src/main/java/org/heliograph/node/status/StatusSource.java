package org.heliograph.node.status;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.node.link.Urgency;

/** What the page shows and does; called on any thread. */
public interface StatusSource {
  /**
   * How things are now.
   *
   * @param sight what who looks may see
   */
  StatusDocument look(Sight sight);

  /**
   * Has what is parked tried again.
   *
   * @param id of {@link StatusDocument.Parked}, or {@code all}
   * @return how many there were
   */
  int retry(String id) throws IOException;

  /**
   * Changes how urgent a study is.
   *
   * @param study its short name
   * @return whether there is such a study
   */
  boolean urgent(String study, Urgency urgency) throws IOException;

  /** Removes confirmed images that the policy allows to remove, and tells how many. */
  int prune() throws IOException;

  /** The PDF of a report that has come whole. */
  Optional<Path> report(UUID delivery);

  /** What the hub has not confirmed, for {@code heliograph gateway export}. */
  List<Waiting> waiting() throws IOException;

  /** What may be seen. */
  enum Sight {
    WITHOUT_PATIENTS,
    WITH_PATIENTS
  }

  /**
   * One object that waits.
   *
   * @param file absolute
   * @param digest SHA-256 of the data set without group 0002, or of a document's file
   * @param kind {@code dicom}, or the extension of a document
   */
  record Waiting(UUID id, String kind, String name, String file, String digest, String state) {
    /** UIDs identify a patient's study, so they are not shown. */
    @Override
    public String toString() {
      return "Waiting[" + id + "]";
    }
  }
}
