package org.heliograph.dicom.net.ul;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user information item of an A-ASSOCIATE-RQ or -AC (PS3.8 9.3.2.3, PS3.7 Annex D.3.3).
 *
 * @param maxPduLengthBytes the longest P-DATA-TF its sender takes; 0 is no limit
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
    return new UserInformation(
        maxPduLengthBytes,
        implementationClassUid,
        implementationVersion,
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        List.of());
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

  /** Asynchronous operations window, PS3.7 D.3.3.3; 0 is unlimited. */
  public record AsyncOperations(int invoked, int performed) {}

  /** SCP/SCU role selection, PS3.7 D.3.3.4. */
  public record RoleSelection(String sopClassUid, int scuRole, int scpRole) {}

  /** SOP class extended negotiation, PS3.7 D.3.3.5. */
  public record ExtendedNegotiation(String sopClassUid, ByteBuffer information) {}

  /** SOP class common extended negotiation, PS3.7 D.3.3.6. */
  public record CommonExtendedNegotiation(
      String sopClassUid, String serviceClassUid, List<String> relatedGeneralSopClassUids) {
    public CommonExtendedNegotiation {
      relatedGeneralSopClassUids = List.copyOf(relatedGeneralSopClassUids);
    }
  }

  /** User identity negotiation, PS3.7 D.3.3.7. The fields are credentials and are never shown. */
  public record UserIdentity(
      int type, int positiveResponseRequested, ByteBuffer primary, ByteBuffer secondary) {
    @Override
    public String toString() {
      return "UserIdentity[type=" + type + "]";
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
  public record RawItem(int type, ByteBuffer content) {}
}
