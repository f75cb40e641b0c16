package org.heliograph.reader.intake.dimse;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.ul.RejectReason;
import org.heliograph.node.storage.CallerPolicy;
import org.heliograph.reader.sites.AeRight;
import org.heliograph.reader.sites.ApplicationEntities;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Admits the AE titles that are registered for a site, and unknown ones if a site takes them. The
 * register is read for each association, so a change needs no restart; while images come it is read
 * again each second.
 */
@Component
class SiteCallers implements CallerPolicy {
  private static final Logger log = LoggerFactory.getLogger(SiteCallers.class);

  private static final Duration REMEMBERED = Duration.ofSeconds(1);
  private static final int SENDERS_REMEMBERED = 1_000;

  private final Sites sites;
  private final ApplicationEntities entities;
  private final InstantSource clock;
  private final Map<AeTitle, Sender> remembered = new ConcurrentHashMap<>();

  private record Sender(@Nullable Site site, boolean mayStore, Instant until) {}

  SiteCallers(Sites sites, ApplicationEntities entities, InstantSource clock) {
    this.sites = sites;
    this.entities = entities;
    this.clock = clock;
  }

  @Override
  public Decision admit(AeTitle calling, AeTitle called, InetAddress peer) {
    try {
      if (read(calling).site() != null) {
        return new Admitted();
      }
      log.warn(
          "event=association.rejected calling={} peer={} reason=calling-ae-unknown",
          calling.value(),
          peer.getHostAddress());
      return new Rejected(RejectReason.CALLING_AE_TITLE_NOT_RECOGNIZED);
    } catch (DataAccessException e) {
      log.error(
          "event=association.rejected reason=database fault={}", e.getClass().getSimpleName());
      return new Rejected(RejectReason.TEMPORARY_CONGESTION);
    }
  }

  /** Whether this AE title may send; one that is not registered is admitted to send only. */
  boolean mayStore(AeTitle calling) {
    return sender(calling).mayStore();
  }

  /** The site for which this AE title sends. */
  Optional<Site> siteOf(AeTitle calling) {
    return Optional.ofNullable(sender(calling).site());
  }

  private Sender sender(AeTitle calling) {
    Sender known = remembered.get(calling);
    return known != null && clock.instant().isBefore(known.until()) ? known : read(calling);
  }

  private Sender read(AeTitle calling) {
    Instant until = clock.instant().plus(REMEMBERED);
    Sender sender =
        new Sender(
            sites.byAeTitle(calling.value()).or(sites::forUnknownAeTitles).orElse(null),
            entities.byTitle(calling.value()).map(e -> e.may(AeRight.STORE)).orElse(true),
            until);
    if (remembered.size() >= SENDERS_REMEMBERED) {
      remembered.clear(); // titles are the peers' to make up
    }
    remembered.put(calling, sender);
    return sender;
  }
}
