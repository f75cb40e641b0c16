package org.heliograph.node.lan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.node.link.PerformedStepReport;
import org.jspecify.annotations.Nullable;

/** A hub in memory that can be away, and lie. */
final class StandInHub implements HubExchange {
  volatile boolean away;
  volatile String etag = "\"1\"";
  volatile String worklist = "[]";
  volatile @Nullable Supplier<InputStream> body;
  volatile StepAnswer answer = new StepAnswer.Taken();
  int asked;
  final List<PerformedStepReport> steps = new ArrayList<>();
  final List<String> uids = new ArrayList<>();

  @Override
  public Answer worklist(String known) throws IOException {
    asked++;
    reachable();
    if (known.equals(etag)) {
      return new Answer.Unchanged();
    }
    Supplier<InputStream> other = body;
    return new Answer.Changed(
        etag,
        other == null
            ? new ByteArrayInputStream(worklist.getBytes(StandardCharsets.UTF_8))
            : other.get());
  }

  @Override
  public Answer configuration(String known) throws IOException {
    return worklist(known);
  }

  @Override
  public synchronized StepAnswer tell(SopInstanceUid step, PerformedStepReport report)
      throws IOException {
    reachable();
    steps.add(report);
    uids.add(step.value().value());
    return answer;
  }

  PerformedStepReport lastStep() {
    return Objects.requireNonNull(steps.getLast());
  }

  private void reachable() throws IOException {
    if (away) {
      throw new IOException("away");
    }
  }
}
