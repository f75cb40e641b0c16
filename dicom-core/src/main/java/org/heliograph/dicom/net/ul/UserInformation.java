package org.heliograph.dicom.net.ul;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user information item of an A-ASSOCIATE-RQ or -AC (PS3.8 9.3.2.3, PS3.7 Annex D.3.3).
 *
 * @param maxPduLengthBytes the longest P-DATA-TF its sender takes; 0 is no limit (PS3.8 D.1)
 * @param implementationClassUid PS3.7 D.3.3.2; empty if the peer left it out
 * @param implementationVersion PS3.7 D.3.3.2; empty if left out
 * @param asyncOperations PS3.7 D.3.3.3; null is one operation at a time
 * @param unknown sub-items of types we do not know, kept in order
 */
public record UserInformation(
    long maxPduLengthBytes,
    String implementationClassUid,
    String implementationVersion,
    @Nullable AsyncOperations asyncOperations,
    List<RoleSelection> roles,
    List<ExtendedNegotiation> extended,
    List<CommonExtendedNegotiation> commonExtended,
    @Nullable UserIdentity identity,
    @Nullable UserIdentityResponse identityResponse,
    List<RawItem> unknown) {

  public UserInformation {
    roles = List.copyOf(roles);
    extended = List.copyOf(extended);
    commonExtended = List.copyOf(commonExtended);
    unknown = List.copyOf(unknown);
  }

  /** The usual three items. */
  public static UserInformation of(
      long maxPduLengthBytes, String implementationClassUid, String implementationVersion) {
    return new Builder(maxPduLengthBytes, implementationClassUid, implementationVersion).build();
  }

  /** The same with role selection items. */
  public UserInformation withRoles(List<RoleSelection> value) {
    return new UserInformation(
        maxPduLengthBytes,
        implementationClassUid,
        implementationVersion,
        asyncOperations,
        value,
        extended,
        commonExtended,
        identity,
        identityResponse,
        unknown);
  }

  /** The service class's own information about a SOP class, if its sender gave any. */
  public Optional<ByteBuffer> extended(String sopClassUid) {
    return extended.stream()
        .filter(item -> item.sopClassUid().equals(sopClassUid))
        .map(item -> item.information().asReadOnlyBuffer())
        .findFirst();
  }

  /** Puts the items together one by one. */
  static final class Builder {
    private final long maxPduLengthBytes;
    private final String implementationClassUid;
    private final String implementationVersion;
    private @Nullable AsyncOperations asyncOperations;
    private final List<RoleSelection> roles = new ArrayList<>();
    private final List<ExtendedNegotiation> extended = new ArrayList<>();
    private final List<CommonExtendedNegotiation> commonExtended = new ArrayList<>();
    private @Nullable UserIdentity identity;
    private @Nullable UserIdentityResponse identityResponse;

    Builder(long maxPduLengthBytes, String implementationClassUid, String implementationVersion) {
      this.maxPduLengthBytes = maxPduLengthBytes;
      this.implementationClassUid = implementationClassUid;
      this.implementationVersion = implementationVersion;
    }

    void asyncOperations(AsyncOperations value) {
      asyncOperations = value;
    }

    void role(RoleSelection value) {
      roles.add(value);
    }

    void extended(ExtendedNegotiation value) {
      extended.add(value);
    }

    void commonExtended(CommonExtendedNegotiation value) {
      commonExtended.add(value);
    }

    void identity(UserIdentity value) {
      identity = value;
    }

    void identityResponse(UserIdentityResponse value) {
      identityResponse = value;
    }

    UserInformation build() {
      return new UserInformation(
          maxPduLengthBytes,
          implementationClassUid,
          implementationVersion,
          asyncOperations,
          roles,
          extended,
          commonExtended,
          identity,
          identityResponse,
          List.of());
    }
  }

  /**
   * Asynchronous operations window, PS3.7 D.3.3.3: how many operations the requestor may have
   * invoked and performed without an answer; 0 is unlimited.
   */
  public record AsyncOperations(int invoked, int performed) {
    /** One operation at a time each way: all that this library does. */
    public static final AsyncOperations SYNCHRONOUS = new AsyncOperations(1, 1);
  }

  /** SCP/SCU role selection, PS3.7 D.3.3.4: the roles of the requestor, 1 for each it has. */
  public record RoleSelection(String sopClassUid, int scuRole, int scpRole) {
    /** Proposes or grants roles to the requestor. */
    public static RoleSelection of(String sopClassUid, ServiceRoles ofRequestor) {
      return new RoleSelection(
          sopClassUid, ofRequestor.isScu() ? 1 : 0, ofRequestor.isScp() ? 1 : 0);
    }

    /** The roles of the requestor. */
    public ServiceRoles ofRequestor() {
      return ServiceRoles.of(scuRole == 1, scpRole == 1);
    }
  }

  /**
   * SOP class extended negotiation, PS3.7 D.3.3.5: bytes whose meaning the service class defines.
   */
  public record ExtendedNegotiation(String sopClassUid, ByteBuffer information) {}

  /**
   * SOP class common extended negotiation, PS3.7 D.3.3.6: the service class of a SOP class and more
   * general SOP classes whose rules its instances follow too. Only requests carry it.
   */
  public record CommonExtendedNegotiation(
      String sopClassUid, String serviceClassUid, List<String> relatedGeneralSopClassUids) {
    public CommonExtendedNegotiation {
      relatedGeneralSopClassUids = List.copyOf(relatedGeneralSopClassUids);
    }
  }

  /** The acceptor's answer to a user identity, PS3.7 D.3.3.7.2. */
  public record UserIdentityResponse(ByteBuffer serverResponse) {
    @Override
    public String toString() {
      return "UserIdentityResponse[***]";
    }
  }

  /** A sub-item we carry but do not read. */
  public record RawItem(int type, ByteBuffer content) {
    @Override
    public String toString() {
      return "RawItem[" + type + ", " + content.remaining() + " bytes]";
    }
  }
}
