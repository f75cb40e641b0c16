package org.heliograph.node.gateway;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/** {@code heliograph gateway}. */
public final class GatewayMain {
  private GatewayMain() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Before the first server is made: a page that is asked for slowly is given up.
    Map.of(
            "sun.net.httpserver.maxReqTime", "20",
            "sun.net.httpserver.maxRspTime", "120",
            "sun.net.httpserver.idleInterval", "15",
            "jdk.httpserver.maxConnections", "100",
            "sun.net.httpserver.nodelay", "true")
        .forEach((name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
    ExitCode code =
        new GatewayCommand(System.out, System.err, System.in, Clock.systemUTC())
            .run(List.of(arguments), System.getenv());
    System.exit(code.code());
  }
}
