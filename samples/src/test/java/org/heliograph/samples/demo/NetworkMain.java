package org.heliograph.samples.demo;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.heliograph.reader.CannotStartException;
import org.heliograph.reader.ExitCode;
import org.heliograph.reader.Hub;
import org.heliograph.reader.HubOptions;

/** A hub in a process of its own with the demo's clinics and people, and no cases. */
final class NetworkMain {
  static final String READY = "ready ";

  private NetworkMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Hub hub;
    try {
      hub = Hub.start(HubOptions.parse(List.of(arguments), Map.of()));
    } catch (CannotStartException e) {
      System.err.println(e.getMessage());
      System.exit(ExitCode.CANNOT_START.code());
      return;
    }
    hub.exitWithZeroAtSignal();
    new DemoNetwork(hub).load();
    System.out.println(READY + hub.webAddress() + " " + hub.dicomPort());
    new CountDownLatch(1).await();
  }
}
