package org.heliograph.reader.dicomweb;

import java.util.List;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.pixel.FrameDecoder;
import org.heliograph.dicom.pixel.FrameEncoder;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * In which form frames are given: as stored, decoded to Explicit VR Little Endian, or encoded
 * without loss.
 *
 * @param transferSyntax that the parts are labelled with
 */
record FrameAnswer(boolean multipart, Form form, String mediaType, String transferSyntax) {
  /** What is done with the stored bytes. */
  enum Form {
    AS_STORED,
    DECODED,
    ENCODED
  }

  /** The first range that can be satisfied. */
  static FrameAnswer choose(List<AcceptedMedia> ranges, StoredInstance instance, int frames) {
    for (AcceptedMedia range : ranges) {
      FrameAnswer answer = satisfy(range, instance);
      if (answer != null && (answer.multipart() || frames == 1)) {
        return answer;
      }
    }
    throw new ProblemException(ProblemCode.TRANSFER_SYNTAX_NOT_AVAILABLE);
  }

  private static @Nullable FrameAnswer satisfy(AcceptedMedia range, StoredInstance instance) {
    String stored = instance.transferSyntax().value().value();
    String storedType = FrameForms.mediaType(instance.transferSyntax());
    String wanted = range.transferSyntax();
    boolean octets = range.takes(FrameForms.OCTETS);
    boolean anything = range.type().equals("*/*");
    boolean multipart = range.multipart() || anything;
    if ("*".equals(wanted) && (octets || range.takes(storedType))) {
      // The octet-stream asked for by the viewers is a wrapping of any syntax.
      String label = range.takes(storedType) ? storedType : FrameForms.OCTETS;
      return new FrameAnswer(multipart, Form.AS_STORED, label, stored);
    }
    if (wanted == null && (anything || (range.takes(storedType) && !octets))) {
      return new FrameAnswer(multipart, Form.AS_STORED, storedType, stored);
    }
    if (wanted != null && wanted.equals(stored) && (octets || range.takes(storedType))) {
      return new FrameAnswer(
          multipart,
          Form.AS_STORED,
          range.takes(storedType) ? storedType : FrameForms.OCTETS,
          stored);
    }
    boolean plain = wanted == null || wanted.equals(Uids.ExplicitVrLittleEndian);
    if (octets && plain) {
      boolean asIs = FrameForms.isPlainLittleEndian(instance.transferSyntax());
      return new FrameAnswer(
          multipart,
          asIs ? Form.AS_STORED : Form.DECODED,
          FrameForms.OCTETS,
          Uids.ExplicitVrLittleEndian);
    }
    return encoded(range, multipart, octets, stored);
  }

  private static @Nullable FrameAnswer encoded(
      AcceptedMedia range, boolean multipart, boolean octets, String stored) {
    String wanted = range.transferSyntax();
    String target =
        wanted == null || wanted.equals("*") ? FrameForms.usualSyntax(range.type()) : wanted;
    if (!Uid.isValid(target)
        || !FrameEncoder.supports(target)
        || FrameEncoder.isLossy(target)
        || !FrameDecoder.supports(stored)) {
      return null;
    }
    String label = FrameForms.mediaType(TransferSyntaxUid.of(target));
    if (!octets && !range.takes(label)) {
      return null;
    }
    return new FrameAnswer(
        multipart, Form.ENCODED, range.takes(label) ? label : FrameForms.OCTETS, target);
  }

  String contentType() {
    return mediaType + "; transfer-syntax=" + transferSyntax;
  }
}
