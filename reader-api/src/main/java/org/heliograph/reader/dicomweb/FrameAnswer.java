package org.heliograph.reader.dicomweb;

import java.util.List;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.dicom.data.Uids;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * In which form frames are given: as stored, or decoded to Explicit VR Little Endian.
 *
 * @param transferSyntax that the parts are labelled with
 */
record FrameAnswer(boolean multipart, boolean decoded, String mediaType, String transferSyntax) {

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
      return new FrameAnswer(multipart, false, label, stored);
    }
    if (wanted == null && (anything || (range.takes(storedType) && !octets))) {
      return new FrameAnswer(multipart, false, storedType, stored);
    }
    if (wanted != null && wanted.equals(stored) && (octets || range.takes(storedType))) {
      return new FrameAnswer(
          multipart, false, range.takes(storedType) ? storedType : FrameForms.OCTETS, stored);
    }
    boolean plain = wanted == null || wanted.equals(Uids.ExplicitVrLittleEndian);
    if (octets && plain) {
      boolean asIs = FrameForms.isPlainLittleEndian(instance.transferSyntax());
      return new FrameAnswer(multipart, !asIs, FrameForms.OCTETS, Uids.ExplicitVrLittleEndian);
    }
    return null;
  }

  String contentType() {
    return mediaType + "; transfer-syntax=" + transferSyntax;
  }
}
