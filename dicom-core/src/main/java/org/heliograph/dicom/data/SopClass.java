package org.heliograph.dicom.data;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A SOP class that the standard registers (PS3.6 Annex A, PS3.4), retired ones included.
 *
 * @param iodName the information object that its instances follow (PS3.3 Annex A); null for
 *     services without one and for what the standard dropped
 */
public record SopClass(
    SopClassUid uid, String name, ServiceClass service, @Nullable String iodName) {
  /** The registered SOP class of a UID; empty for private ones and for other things' UIDs. */
  public static Optional<SopClass> of(String uid) {
    return Optional.ofNullable(UidRegistry.sopClasses().get(uid));
  }

  /** All registered SOP classes, in the registry's order. */
  public static List<SopClass> all() {
    return List.copyOf(UidRegistry.sopClasses().values());
  }

  /** The registered SOP classes of a service class, in the registry's order. */
  public static List<SopClass> of(ServiceClass service) {
    return all().stream().filter(c -> c.service() == service).toList();
  }

  /** Whether the standard retired the class. */
  public boolean isRetired() {
    return name.endsWith("(Retired)");
  }

  /** The information object definition of its instances; empty where {@link #iodName} is null. */
  public Optional<Iod> iod() {
    return iodName == null ? Optional.empty() : Iod.of(iodName);
  }
}
