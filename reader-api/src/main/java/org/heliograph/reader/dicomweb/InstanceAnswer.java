package org.heliograph.reader.dicomweb;

import java.util.List;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.pixel.FrameEncoder;
import org.heliograph.dicom.pixel.transcode.Transcoder;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * In which form instances are given (PS3.18 8.7.3.5).
 *
 * @param target the transfer syntax of all of them; null for each as it is stored
 * @param orAsStored an instance that cannot be brought there without loss is given as it is stored
 * @param instances those that can be given
 */
record InstanceAnswer(
    boolean multipart,
    @Nullable TransferSyntax target,
    boolean orAsStored,
    List<StoredInstance> instances) {
  static final String DICOM = "application/dicom";

  InstanceAnswer {
    instances = List.copyOf(instances);
  }

  /** The first range of the Accept header by which at least one instance can be given. */
  static InstanceAnswer choose(@Nullable String accept, List<StoredInstance> instances) {
    for (AcceptedMedia range : AcceptedMedia.parse(accept)) {
      boolean anything = range.type().equals("*/*");
      boolean multipart = range.multipart() || instances.size() > 1;
      if (range.takes(DICOM) && (range.multipart() || anything || instances.size() == 1)) {
        InstanceAnswer answer = of(multipart, anything, range.transferSyntax(), instances);
        if (!answer.instances().isEmpty()) {
          return answer;
        }
      }
    }
    throw new ProblemException(ProblemCode.TRANSFER_SYNTAX_NOT_AVAILABLE);
  }

  /**
   * @param wanted a transfer syntax, "*" for the stored ones; null for Explicit VR Little Endian
   *     where nothing is lost by it, unless anything is welcome
   */
  static InstanceAnswer of(
      boolean multipart,
      boolean anything,
      @Nullable String wanted,
      List<StoredInstance> instances) {
    if (wanted == null ? anything : wanted.equals("*")) {
      return new InstanceAnswer(multipart, null, true, instances);
    }
    if (wanted == null) {
      return new InstanceAnswer(
          multipart, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, true, instances);
    }
    if (!Uid.isValid(wanted)) {
      return new InstanceAnswer(multipart, null, false, List.of());
    }
    TransferSyntax target = TransferSyntax.of(wanted);
    return new InstanceAnswer(
        multipart,
        target,
        false,
        instances.stream().filter(instance -> canBe(instance, target)).toList());
  }

  /** As far as it can be known without the pixels. */
  private static boolean canBe(StoredInstance instance, TransferSyntax target) {
    TransferSyntax from = TransferSyntax.of(instance.transferSyntax());
    return from.uid().equals(target.uid())
        || (Transcoder.supports(from, target)
            && !FrameEncoder.isLossy(target.uid())
            && (!target.encapsulated() || instance.rows() != null));
  }

  /** Whether an instance is given just as it is stored. */
  boolean asStored(StoredInstance instance) {
    TransferSyntax wanted = target;
    if (wanted == null) {
      return true;
    }
    TransferSyntax from = TransferSyntax.of(instance.transferSyntax());
    return from.uid().equals(wanted.uid()) || (orAsStored && !Transcoder.supports(from, wanted));
  }

  /** What distinguishes answers of the same instances, for entity tags. */
  String form() {
    TransferSyntax wanted = target;
    return "instances " + multipart + (wanted == null ? "" : " " + wanted.uid());
  }

  /** The target; Explicit VR Little Endian where it would not matter. */
  TransferSyntax targetOrDefault() {
    TransferSyntax wanted = target;
    return wanted == null ? TransferSyntax.of(Uids.ExplicitVrLittleEndian) : wanted;
  }
}
