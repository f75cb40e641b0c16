package org.heliograph.node.forward;

import java.net.http.HttpClient;

/** A route with its connections. It is thrown away as a whole when it may have gone silent. */
record Line(Route route, HttpClient http, int sendBufferBytes) {
  /** Resets the connections; what runs on them fails. */
  void drop() {
    http.shutdownNow();
  }
}
