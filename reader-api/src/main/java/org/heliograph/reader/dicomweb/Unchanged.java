package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.heliograph.archive.catalog.CorrectedPatient;
import org.heliograph.archive.catalog.StoredInstance;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Entity tags made of the stored digests. Stored instances never change but for a corrected
 * patient, so an answer the browser has can be used again; it asks each time, so that a person who
 * lost access sees nothing.
 */
final class Unchanged {
  private Unchanged() {}

  /** When it arrived, or when its patient was corrected. */
  private static long changedAt(StoredInstance instance) {
    CorrectedPatient corrected = instance.corrected();
    return corrected == null ? instance.receivedAt().toEpochMilli() : corrected.at().toEpochMilli();
  }

  /**
   * Sets the entity tag, the time of the last arrival or correction and, where the browser has this
   * answer already, the status 304.
   *
   * @param form what distinguishes answers made of the same instances
   */
  static boolean since(
      HttpServletRequest request,
      HttpServletResponse response,
      List<StoredInstance> instances,
      String form) {
    int hash = form.hashCode();
    for (StoredInstance instance : instances) {
      hash = 31 * hash + instance.digest().hashCode();
      hash = 31 * hash + (int) changedAt(instance);
    }
    String tag =
        "W/\"%s-%d-%08x\""
            .formatted(instances.getFirst().digest().substring(0, 24), instances.size(), hash);
    response.setHeader("Cache-Control", "private, no-cache");
    response.addHeader("Vary", "Accept, Cookie, Authorization");
    long lastArrival = instances.stream().mapToLong(Unchanged::changedAt).max().orElse(-1);
    return new ServletWebRequest(request, response).checkNotModified(tag, lastArrival);
  }
}
