package org.heliograph.reader.gateways;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.heliograph.node.link.LinkPaths;
import org.heliograph.reader.orders.GatewayWorklist;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /api/gateway/messages}: the way back. The request waits on its own thread, without a
 * connection of the database.
 */
@RestController
class MessagesEndpoint {
  private static final Duration LONGEST = Duration.ofSeconds(55);

  /** Also without a bell, should one be lost. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final CurrentGateway currentGateway;
  private final Outbox outbox;
  private final Bells bells;
  private final Configurations configurations;
  private final GatewayWorklist worklist;
  private final InstantSource clock;

  MessagesEndpoint(
      CurrentGateway currentGateway,
      Outbox outbox,
      Bells bells,
      Configurations configurations,
      GatewayWorklist worklist,
      InstantSource clock) {
    this.currentGateway = currentGateway;
    this.outbox = outbox;
    this.bells = bells;
    this.configurations = configurations;
    this.worklist = worklist;
    this.clock = clock;
  }

  @GetMapping(LinkPaths.MESSAGES)
  ResponseEntity<String> messages(
      @RequestParam(name = "after", defaultValue = "0") long after,
      @RequestParam(name = "waitSeconds", defaultValue = "0") long waitSeconds)
      throws InterruptedException {
    Gateway gateway = currentGateway.require();
    Duration wait = Duration.ofSeconds(Math.clamp(waitSeconds, 0, LONGEST.toSeconds()));
    long end = System.nanoTime() + wait.toNanos();
    outbox.acknowledge(gateway.id(), after);
    var bell = bells.hang(gateway.id());
    try {
      List<ObjectNode> messages = outbox.after(gateway.id(), after);
      while (messages.isEmpty() && bells.isRunning() && !bell.isReplaced()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          break;
        }
        bell.await(Duration.ofNanos(Math.min(left, LOOK_AGAIN.toNanos())));
        messages = outbox.after(gateway.id(), after);
      }
      return answer(gateway, messages);
    } finally {
      bells.takeDown(gateway.id(), bell);
    }
  }

  private ResponseEntity<String> answer(Gateway gateway, List<ObjectNode> messages) {
    ObjectNode answer = LinkJson.mapper().createObjectNode();
    answer.putArray("messages").addAll(messages);
    answer.put("hubTime", clock.instant().toString());
    answer.put("worklistVersion", worklist.version(gateway.siteId()));
    answer.put("configurationVersion", configurations.of(gateway).version());
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(LinkJson.mapper().writeValueAsString(answer));
  }
}
