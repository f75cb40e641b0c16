package org.heliograph.dicom.net.ul;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An acceptor's check of the user identity in a request (PS3.7 D.3.3.7). Called on the
 * association's thread; may block briefly, ARTIM does not run meanwhile.
 */
@FunctionalInterface
public interface UserIdentityVerifier {
  /**
   * Decides about one request.
   *
   * @param identity of a type the standard knows, or null if the request carries none
   */
  Verdict verify(@Nullable UserIdentity identity, Pdu.AssociateRq request, Caller caller);

  /** Whether the identity holds. */
  sealed interface Verdict {}

  /**
   * The association may be accepted.
   *
   * @param serverResponse sent if the requestor asked to be told: a Kerberos server ticket or a
   *     SAML response, empty for the other types
   */
  record Verified(ByteBuffer serverResponse) implements Verdict {
    /** Verified, with nothing to say about it. */
    public Verified() {
      this(ByteBuffer.allocate(0));
    }

    @Override
    public String toString() {
      return "Verified[***]";
    }
  }

  /**
   * The association is rejected: {@link RejectReason#NO_REASON_GIVEN} for a wrong credential,
   * {@link RejectReason#NO_REASON_GIVEN_TRANSIENT} if it could not be checked just now.
   */
  record Refused(RejectReason reason) implements Verdict {}
}
