package org.heliograph.node.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.net.ul.Retry;
import org.heliograph.node.forward.Fetched;
import org.heliograph.node.forward.HubClient;
import org.heliograph.node.forward.HubException;
import org.heliograph.node.inbox.HubMessages;
import org.heliograph.node.lan.HubExchange;
import org.heliograph.node.link.Messages;
import org.heliograph.node.link.PerformedStepReport;

/** What the inbox and the services on the LAN ask of the hub. */
record HubBridge(HubClient client) implements HubMessages, HubExchange {
  @Override
  public Messages after(long after, Duration wait) throws IOException, InterruptedException {
    return client.messages(after, wait);
  }

  @Override
  public byte[] report(UUID delivery, String form, long from, int length)
      throws IOException, InterruptedException {
    try {
      return client.report(delivery, form, from, length);
    } catch (HubException.Refused e) {
      if (e.status() == 404 || e.status() == 410) {
        throw new NoSuchReportException();
      }
      throw e;
    }
  }

  @Override
  public Answer worklist(String etag) throws IOException, InterruptedException {
    return answer(client.worklist(etag));
  }

  @Override
  public Answer configuration(String etag) throws IOException, InterruptedException {
    return answer(client.configuration(etag));
  }

  @Override
  public StepAnswer tell(SopInstanceUid step, PerformedStepReport report)
      throws IOException, InterruptedException {
    try {
      client.performedStep(step.value().value(), report);
      return new StepAnswer.Taken();
    } catch (HubException.Refused e) {
      if (e.retry() == Retry.NEVER) {
        return new StepAnswer.Refused(e.code());
      }
      throw e;
    }
  }

  private static Answer answer(Fetched fetched) {
    return switch (fetched) {
      case Fetched.Unchanged() -> new Answer.Unchanged();
      case Fetched.Fresh(String etag, String json) ->
          new Answer.Changed(etag, new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    };
  }
}
