package org.heliograph.reader.parcels;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.heliograph.reader.gateways.GatewaySettings;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.stereotype.Component;

/**
 * How many uploads run at once, so that one site with a fast link cannot keep out the others: the
 * places are shared among the sites that send just now, and each site has a limit of its own.
 */
@Component
class FairShares {
  private final int places;
  private final int placesPerSite;
  private final Map<UUID, Integer> taken = new HashMap<>();
  private int all;

  FairShares(GatewaySettings settings) {
    this.places = settings.writers();
    this.placesPerSite = settings.writersPerSite();
  }

  /** A place, until it is closed. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /** Takes a place for a site, or ends the request as 429 (TR-0514). */
  synchronized Place enter(UUID siteId) {
    int own = taken.getOrDefault(siteId, 0);
    int sending = taken.size() + (own == 0 ? 1 : 0);
    int share = Math.max(1, Math.min(placesPerSite, places / sending));
    if (own >= share || (all >= places && own > 0) || all >= 2 * places) {
      throw new ProblemException(ProblemCode.FAIR_SHARE, own);
    }
    taken.put(siteId, own + 1);
    all++;
    return () -> leave(siteId);
  }

  private synchronized void leave(UUID siteId) {
    all--;
    taken.computeIfPresent(siteId, (id, count) -> count == 1 ? null : count - 1);
  }
}
