package org.heliograph.dicom.net.ul;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Who a requestor says it acts for (PS3.7 D.3.3.7.1). The fields are credentials: they are never
 * shown, and travel in the clear unless the association uses TLS.
 *
 * @param type 1 user name, 2 with passcode, 3 Kerberos, 4 SAML, 5 JSON web token
 * @param positiveResponseRequested 1 if the acceptor is to confirm the identity
 * @param primary user name (UTF-8), service ticket, assertion or token
 * @param secondary the passcode (UTF-8); empty for other types
 */
public record UserIdentity(
    int type, int positiveResponseRequested, ByteBuffer primary, ByteBuffer secondary) {

  /** What kind of credential it is. */
  public enum Kind {
    USERNAME(1),
    USERNAME_AND_PASSCODE(2),
    KERBEROS_SERVICE_TICKET(3),
    SAML_ASSERTION(4),
    JSON_WEB_TOKEN(5);

    private final int type;

    Kind(int type) {
      this.type = type;
    }
  }

  /** A user name that the acceptor believes as it is (type 1). */
  public static UserIdentity username(String username) {
    return of(Kind.USERNAME, utf8(username), utf8(""));
  }

  /** A user name and a passcode (type 2). */
  public static UserIdentity usernameAndPasscode(String username, String passcode) {
    return of(Kind.USERNAME_AND_PASSCODE, utf8(username), utf8(passcode));
  }

  /** A Kerberos service ticket (type 3, RFC 4120). */
  public static UserIdentity kerberos(byte[] serviceTicket) {
    return of(Kind.KERBEROS_SERVICE_TICKET, ByteBuffer.wrap(serviceTicket.clone()), utf8(""));
  }

  /** A SAML assertion, XML in UTF-8 (type 4). */
  public static UserIdentity saml(String assertion) {
    return of(Kind.SAML_ASSERTION, utf8(assertion), utf8(""));
  }

  /** A JSON web token in its compact form (type 5, RFC 7519). */
  public static UserIdentity jwt(String token) {
    return of(Kind.JSON_WEB_TOKEN, utf8(token), utf8(""));
  }

  /**
   * The same, asking the acceptor to confirm it: one that knows nothing of user identities gives no
   * confirmation, and the requestor finds no {@link UserInformation#identityResponse}.
   */
  public UserIdentity requestingResponse() {
    return new UserIdentity(type, 1, primary, secondary);
  }

  /** The kind; empty for a type the standard does not know. */
  public Optional<Kind> kind() {
    for (var kind : Kind.values()) {
      if (kind.type == type) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** The primary field as text: user name, assertion or token. */
  public String primaryText() {
    return StandardCharsets.UTF_8.decode(primary.duplicate()).toString();
  }

  /** The passcode; empty for other types. */
  public String passcode() {
    return StandardCharsets.UTF_8.decode(secondary.duplicate()).toString();
  }

  @Override
  public String toString() {
    return "UserIdentity[type=" + type + "]";
  }

  private static UserIdentity of(Kind kind, ByteBuffer primary, ByteBuffer secondary) {
    if (primary.remaining() > 0xffff || secondary.remaining() > 0xffff) {
      throw new IllegalArgumentException("a credential is longer than 65535 bytes");
    }
    return new UserIdentity(kind.type, 0, primary.asReadOnlyBuffer(), secondary.asReadOnlyBuffer());
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
