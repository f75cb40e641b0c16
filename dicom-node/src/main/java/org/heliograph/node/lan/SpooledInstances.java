package org.heliograph.node.lan;

import java.util.Optional;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.node.spool.Spool;
import org.heliograph.node.spool.SpooledInstance;

/** What the gateway's spool has. */
public record SpooledInstances(Spool spool) implements KeptInstances {
  @Override
  public Optional<Kept> find(SopInstanceUid instance) {
    return spool
        .bySopInstance(instance)
        .map(SpooledInstances::kept)
        .or(() ->
            spool.wasConfirmed(instance)
                ? Optional.of(new Kept(null, Fate.CONFIRMED))
                : Optional.empty());
  }

  private static Kept kept(SpooledInstance instance) {
    return new Kept(
        instance.sopClass(),
        switch (instance.state()) {
          case RECEIVED, PREPARED, PARCELLED -> Fate.SPOOLED;
          case CONFIRMED -> Fate.CONFIRMED;
          case PARKED -> Fate.PARKED;
          case QUARANTINED -> Fate.DISPUTED;
        });
  }
}
