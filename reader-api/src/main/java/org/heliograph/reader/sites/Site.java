package org.heliograph.reader.sites;

import java.util.List;
import java.util.UUID;
import org.heliograph.reader.access.Specialty;

/**
 * A clinic. Its modalities send under its AE titles; a study that comes without a request goes to
 * the default specialty. At most one site takes what unknown AE titles send.
 */
public record Site(
    UUID id,
    String code,
    String name,
    String address,
    Specialty defaultSpecialty,
    boolean allowUnknownAe,
    List<String> aeTitles) {
  public Site {
    aeTitles = List.copyOf(aeTitles);
  }
}
