package org.heliograph.dicom.net.ul;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The protocol data units of the DICOM upper layer (PS3.8 9.3). AE titles and UIDs are as the wire
 * has them, trimmed.
 */
public sealed interface Pdu {
  /** The one application context name of DICOM (PS3.7 Annex A.2.1). */
  String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

  /** A-ASSOCIATE-RQ, PS3.8 9.3.2. */
  record AssociateRq(
      int protocolVersion,
      String calledAe,
      String callingAe,
      String applicationContext,
      List<ProposedContext> contexts,
      UserInformation userInformation)
      implements Pdu {
    public AssociateRq {
      contexts = List.copyOf(contexts);
    }
  }

  /** A-ASSOCIATE-AC, PS3.8 9.3.3. The AE titles are those of the request, sent back unchanged. */
  record AssociateAc(
      int protocolVersion,
      String calledAe,
      String callingAe,
      String applicationContext,
      List<ContextResult> contexts,
      UserInformation userInformation)
      implements Pdu {
    public AssociateAc {
      contexts = List.copyOf(contexts);
    }
  }

  /** A-ASSOCIATE-RJ, PS3.8 9.3.4. */
  record AssociateRj(int result, int source, int reason) implements Pdu {
    /** Whether the same request may succeed later. */
    public boolean isTransient() {
      return result == 2;
    }
  }

  /** P-DATA-TF, PS3.8 9.3.5. */
  record PData(List<Pdv> values) implements Pdu {
    public PData {
      values = List.copyOf(values);
    }
  }

  /** A-RELEASE-RQ, PS3.8 9.3.6. */
  record ReleaseRq() implements Pdu {}

  /** A-RELEASE-RP, PS3.8 9.3.7. */
  record ReleaseRp() implements Pdu {}

  /** A-ABORT, PS3.8 9.3.8: source 0 is the service user, 2 the service provider. */
  record Abort(int source, int reason) implements Pdu {
    public static final int SERVICE_USER = 0;
    public static final int SERVICE_PROVIDER = 2;

    /** A-ABORT by the service user. */
    public static Abort byUser() {
      return new Abort(SERVICE_USER, 0);
    }

    /** A-ABORT by the service provider, with its reason. */
    public static Abort byProvider(AbortReason reason) {
      return new Abort(SERVICE_PROVIDER, reason.code());
    }
  }

  /** A PDU of a type the standard does not know; its content is skipped. */
  record UnknownPdu(int type) implements Pdu {}

  /**
   * A proposed presentation context (PS3.8 9.3.2.2), transfer syntaxes in the order of the
   * proposal.
   */
  record ProposedContext(int id, String abstractSyntax, List<String> transferSyntaxes) {
    public ProposedContext {
      transferSyntaxes = List.copyOf(transferSyntaxes);
    }
  }

  /**
   * The answer to a proposed context (PS3.8 9.3.3.2).
   *
   * @param transferSyntax significant only if accepted
   */
  record ContextResult(int id, Result result, String transferSyntax) {
    /** Result/Reason of PS3.8 Table 9-18. */
    public enum Result {
      ACCEPTANCE(0),
      USER_REJECTION(1),
      NO_REASON(2),
      ABSTRACT_SYNTAX_NOT_SUPPORTED(3),
      TRANSFER_SYNTAXES_NOT_SUPPORTED(4);

      private final int code;

      Result(int code) {
        this.code = code;
      }

      public int code() {
        return code;
      }
    }

    public boolean isAccepted() {
      return result == Result.ACCEPTANCE;
    }
  }

  /**
   * One presentation data value (PS3.8 9.3.5.1 and Annex E.2). The bytes are valid until the next
   * PDU is read.
   */
  record Pdv(int contextId, Kind kind, Position position, ByteBuffer data) {
    /** Which part of a DIMSE message it carries. */
    public enum Kind {
      COMMAND,
      DATASET
    }

    /** Whether more fragments follow. */
    public enum Position {
      MORE,
      LAST
    }

    public boolean isLast() {
      return position == Position.LAST;
    }

    /** The content is patient data. */
    @Override
    public String toString() {
      return "Pdv["
          + contextId
          + ", "
          + kind
          + ", "
          + position
          + ", "
          + data.remaining()
          + " bytes]";
    }
  }
}
