package org.heliograph.dicom.data;

/**
 * How a data set is encoded (PS3.5 Section 10 and Annex A).
 *
 * @param uid the Transfer Syntax UID
 * @param encapsulated pixel data is a sequence of fragments
 * @param deflated the whole data set is one deflate stream (RFC 1951)
 */
public record TransferSyntax(
    String uid, boolean explicitVr, boolean bigEndian, boolean encapsulated, boolean deflated) {
  /** PS3.5 A.1: the default that every application understands. */
  public static final TransferSyntax IMPLICIT_VR_LITTLE_ENDIAN = of(Uids.ImplicitVrLittleEndian);

  /** PS3.5 A.2. */
  public static final TransferSyntax EXPLICIT_VR_LITTLE_ENDIAN = of(Uids.ExplicitVrLittleEndian);

  /** GE's private syntax: Implicit VR Little Endian but for big endian pixel data. */
  private static final String GE_PRIVATE_IMPLICIT = "1.2.840.113619.5.2";

  /** An unknown syntax is taken for explicit little endian with encapsulated pixel data. */
  public static TransferSyntax of(String uid) {
    return switch (uid) {
      case Uids.ImplicitVrLittleEndian, GE_PRIVATE_IMPLICIT ->
          new TransferSyntax(uid, false, false, false, false);
      case Uids.ExplicitVrLittleEndian,
          Uids.SmpteSt211020Progressive,
          Uids.SmpteSt211020Interlaced,
          Uids.SmpteSt211030Audio ->
          new TransferSyntax(uid, true, false, false, false);
      case Uids.ExplicitVrBigEndian -> new TransferSyntax(uid, true, true, false, false);
      case Uids.DeflatedExplicitVrLittleEndian,
          Uids.JpipReferencedDeflate,
          Uids.JpipHtj2kReferencedDeflate ->
          new TransferSyntax(uid, true, false, false, true);
      case Uids.JpipReferenced, Uids.JpipHtj2kReferenced ->
          new TransferSyntax(uid, true, false, false, false);
      default -> new TransferSyntax(uid, true, false, true, false);
    };
  }

  /** As {@link #of(String)}. */
  public static TransferSyntax of(TransferSyntaxUid uid) {
    return of(uid.value().value());
  }

  /** The UID as a type of its own. */
  public TransferSyntaxUid transferSyntaxUid() {
    return TransferSyntaxUid.of(uid);
  }

  /** Whether the standard registers the syntax. */
  public boolean isRegistered() {
    return UidRegistry.transferSyntaxes().contains(uid);
  }

  /** What the syntax does to pixels. */
  public Compression compression() {
    return switch (uid) {
      case Uids.ImplicitVrLittleEndian,
          Uids.ExplicitVrLittleEndian,
          Uids.ExplicitVrBigEndian,
          Uids.DeflatedExplicitVrLittleEndian,
          Uids.EncapsulatedUncompressedExplicitVrLittleEndian,
          Uids.SmpteSt211020Progressive,
          Uids.SmpteSt211020Interlaced,
          Uids.SmpteSt211030Audio,
          GE_PRIVATE_IMPLICIT ->
          Compression.NONE;
      case Uids.JpegLossless,
          Uids.JpegLosslessProcess15,
          Uids.JpegLosslessHierarchicalProcess28,
          Uids.JpegLosslessHierarchicalProcess29,
          Uids.JpegLosslessSv1,
          Uids.JpegLsLossless,
          Uids.Jpeg2000Lossless,
          Uids.Jpeg2000Part2Lossless,
          Uids.JpegXlLossless,
          Uids.Htj2kLossless,
          Uids.Htj2kLosslessRpcl,
          Uids.RleLossless,
          Uids.DeflatedImageFrame ->
          Compression.LOSSLESS;
      case Uids.JpegLsNearLossless, Uids.Jpeg2000, Uids.Jpeg2000Part2, Uids.JpegXl, Uids.Htj2k ->
          Compression.EITHER;
      case Uids.JpipReferenced,
          Uids.JpipReferencedDeflate,
          Uids.JpipHtj2kReferenced,
          Uids.JpipHtj2kReferencedDeflate ->
          Compression.UNKNOWN;
      default -> isRegistered() ? Compression.LOSSY : Compression.UNKNOWN;
    };
  }
}
