package org.heliograph.dicom.net.ul;

import static org.heliograph.dicom.net.ul.PduDecoder.addBounded;
import static org.heliograph.dicom.net.ul.PduDecoder.copy;
import static org.heliograph.dicom.net.ul.PduDecoder.item;
import static org.heliograph.dicom.net.ul.PduDecoder.need;
import static org.heliograph.dicom.net.ul.PduDecoder.sized16;
import static org.heliograph.dicom.net.ul.PduDecoder.text;
import static org.heliograph.dicom.net.ul.PduDecoder.text16;
import static org.heliograph.dicom.net.ul.PduDecoder.u8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the sub-items of a user information item (PS3.7 Annex D.3.3). */
final class UserInformationDecoder {
  private long maxPduLengthBytes;
  private String implementationClassUid = "";
  private String implementationVersion = "";
  private UserInformation.@Nullable AsyncOperations asyncOperations;
  private final List<UserInformation.RoleSelection> roles = new ArrayList<>();
  private final List<UserInformation.ExtendedNegotiation> extended = new ArrayList<>();
  private final List<UserInformation.CommonExtendedNegotiation> commonExtended = new ArrayList<>();
  private @Nullable UserIdentity identity;
  private UserInformation.@Nullable UserIdentityResponse identityResponse;
  private final List<UserInformation.RawItem> unknown = new ArrayList<>();

  void read(ByteBuffer userInformation) throws PduFormatException {
    while (userInformation.hasRemaining()) {
      var item = item(userInformation);
      var content = item.content();
      switch (item.type()) {
        case 0x51 -> {
          need(content, 4, "maximum length sub-item");
          maxPduLengthBytes = content.getInt() & 0xffff_ffffL;
        }
        case 0x52 -> implementationClassUid = text(content);
        case 0x53 -> {
          need(content, 4, "asynchronous operations window sub-item");
          asyncOperations =
              new UserInformation.AsyncOperations(
                  content.getShort() & 0xffff, content.getShort() & 0xffff);
        }
        case 0x54 -> addBounded(roles, role(content));
        case 0x55 -> implementationVersion = text(content);
        case 0x56 ->
            addBounded(
                extended, new UserInformation.ExtendedNegotiation(text16(content), copy(content)));
        case 0x57 -> addBounded(commonExtended, commonExtended(content));
        case 0x58 -> {
          need(content, 2, "user identity sub-item");
          var type = u8(content, 0);
          var response = u8(content, 1);
          content.position(content.position() + 2);
          identity =
              new UserIdentity(type, response, copy(sized16(content)), copy(sized16(content)));
        }
        case 0x59 ->
            identityResponse = new UserInformation.UserIdentityResponse(copy(sized16(content)));
        default -> addBounded(unknown, new UserInformation.RawItem(item.type(), copy(content)));
      }
    }
  }

  private static UserInformation.RoleSelection role(ByteBuffer content) throws PduFormatException {
    var sopClass = text16(content);
    need(content, 2, "role selection sub-item");
    return new UserInformation.RoleSelection(sopClass, u8(content, 0), u8(content, 1));
  }

  private static UserInformation.CommonExtendedNegotiation commonExtended(ByteBuffer content)
      throws PduFormatException {
    var sopClass = text16(content);
    var serviceClass = text16(content);
    var related = new ArrayList<String>();
    if (content.hasRemaining()) {
      var list = sized16(content);
      while (list.hasRemaining()) {
        addBounded(related, text16(list));
      }
    }
    return new UserInformation.CommonExtendedNegotiation(sopClass, serviceClass, related);
  }

  UserInformation toUserInformation() {
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
        unknown);
  }
}
