package org.heliograph.dicom.net.ul;

/**
 * The roles one side of an association has in a presentation context: whether it may invoke the
 * service's operations (SCU), perform them (SCP), or both (PS3.7 D.3.3.4). Without negotiation the
 * requestor is SCU and the acceptor SCP.
 */
public enum ServiceRoles {
  NONE(false, false),
  SCU(true, false),
  SCP(false, true),
  SCU_AND_SCP(true, true);

  private final boolean scu;
  private final boolean scp;

  ServiceRoles(boolean scu, boolean scp) {
    this.scu = scu;
    this.scp = scp;
  }

  /** The constant with these roles. */
  static ServiceRoles of(boolean scu, boolean scp) {
    if (scu) {
      return scp ? SCU_AND_SCP : SCU;
    }
    return scp ? SCP : NONE;
  }

  /** May invoke operations. */
  public boolean isScu() {
    return scu;
  }

  /** May perform operations. */
  public boolean isScp() {
    return scp;
  }

  /** The roles of the other side. */
  public ServiceRoles ofPeer() {
    return of(scp, scu);
  }

  /** The roles that both have. */
  ServiceRoles and(ServiceRoles other) {
    return of(scu && other.scu, scp && other.scp);
  }
}
