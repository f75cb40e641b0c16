package org.heliograph.reader.queryretrieve;

import java.io.IOException;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.node.query.QueryCaller;
import org.heliograph.reader.sites.AeRight;
import org.heliograph.reader.sites.ApplicationEntities;
import org.heliograph.reader.sites.ApplicationEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** What a calling AE title may do, read anew for each request. */
@Component
public class CallerRights {
  private static final Logger log = LoggerFactory.getLogger(CallerRights.class);

  private final ApplicationEntities entities;

  CallerRights(ApplicationEntities entities) {
    this.entities = entities;
  }

  /**
   * The registered entity that calls.
   *
   * @throws DimseException {@code 0124}: it is not registered or has not the right
   * @throws IOException the database does not answer
   */
  public ApplicationEntity require(QueryCaller caller, AeRight right) throws IOException {
    ApplicationEntity entity = find(caller.callingAe().value());
    if (entity == null || !entity.may(right)) {
      log.warn(
          "event=request.refused calling={} peer={} right={}",
          caller.callingAe().value(),
          caller.peer().getHostAddress(),
          right);
      throw new DimseException(
          DimseStatus.NOT_AUTHORIZED.withComment("the calling AE title may not do this"));
    }
    return entity;
  }

  /** A destination for what this entity may retrieve. */
  ApplicationEntity destination(ApplicationEntity caller, String aeTitle) throws IOException {
    ApplicationEntity entity = find(aeTitle);
    if (entity == null
        || !entity.siteId().equals(caller.siteId())
        || !entity.may(AeRight.RECEIVE)) {
      log.warn("event=move.refused calling={} destination={}", caller.aeTitle(), aeTitle);
      throw new DimseException(DimseStatus.MOVE_DESTINATION_UNKNOWN);
    }
    return entity;
  }

  private @org.jspecify.annotations.Nullable ApplicationEntity find(String aeTitle)
      throws IOException {
    try {
      return entities.byTitle(aeTitle).orElse(null);
    } catch (DataAccessException e) {
      throw new IOException("the register of AE titles does not answer", e);
    }
  }
}
