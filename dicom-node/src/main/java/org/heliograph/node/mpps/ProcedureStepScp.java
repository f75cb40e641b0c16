package org.heliograph.node.mpps;

import java.io.IOException;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.NormalizedHandler;
import org.heliograph.dicom.net.dimse.NormalizedRequest;
import org.heliograph.dicom.net.dimse.NormalizedResult;
import org.heliograph.node.query.QueryCaller;

/** N-CREATE and N-SET of performed procedure steps (PS3.4 F.7.2). */
final class ProcedureStepScp implements NormalizedHandler {
  private final ProcedureStepSink sink;

  ProcedureStepScp(ProcedureStepSink sink) {
    this.sink = sink;
  }

  @Override
  public NormalizedResult perform(NormalizedRequest request) throws IOException {
    return switch (request) {
      case NormalizedRequest.Create create -> {
        SopInstanceUid asked = create.sopInstance();
        SopInstanceUid step = asked == null ? new SopInstanceUid(Uid.create()) : asked;
        sink.create(
            QueryCaller.of(request.invocation().peer()),
            step,
            PerformedStep.created(create.attributes()).attributes());
        yield NormalizedResult.created(step, Dataset.empty());
      }
      case NormalizedRequest.Set set -> {
        sink.change(
            QueryCaller.of(request.invocation().peer()),
            set.sopInstance(),
            current -> new PerformedStep(current).changed(set.modifications()).attributes());
        yield new NormalizedResult(DimseStatus.SUCCESS, set.sopInstance(), Dataset.empty());
      }
      case NormalizedRequest.Get _,
          NormalizedRequest.Action _,
          NormalizedRequest.EventReport _,
          NormalizedRequest.Delete _ ->
          NormalizedResult.of(DimseStatus.UNRECOGNIZED_OPERATION);
    };
  }
}
