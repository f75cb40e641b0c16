package org.heliograph.reader.intake.dimse;

import java.net.InetAddress;
import java.util.Optional;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.ul.RejectReason;
import org.heliograph.node.storage.CallerPolicy;
import org.heliograph.reader.sites.AeRight;
import org.heliograph.reader.sites.ApplicationEntities;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Admits the AE titles that are registered for a site, and unknown ones if a site takes them. The
 * register is read for each association, so a change needs no restart.
 */
@Component
class SiteCallers implements CallerPolicy {
  private static final Logger log = LoggerFactory.getLogger(SiteCallers.class);

  private final Sites sites;
  private final ApplicationEntities entities;

  SiteCallers(Sites sites, ApplicationEntities entities) {
    this.sites = sites;
    this.entities = entities;
  }

  @Override
  public Decision admit(AeTitle calling, AeTitle called, InetAddress peer) {
    try {
      if (siteOf(calling).isPresent()) {
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
    return entities.byTitle(calling.value()).map(e -> e.may(AeRight.STORE)).orElse(true);
  }

  /** The site for which this AE title sends. */
  Optional<Site> siteOf(AeTitle calling) {
    return sites.byAeTitle(calling.value()).or(sites::forUnknownAeTitles);
  }
}
