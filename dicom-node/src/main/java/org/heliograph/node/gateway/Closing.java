package org.heliograph.node.gateway;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was begun, the last first; each, whatever the others do. */
final class Closing implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  <T extends AutoCloseable> T later(T part) {
    open.push(part);
    return part;
  }

  /** All went well: somebody else closes them. */
  void keep() {
    open.clear();
  }

  /** Hands everything over to another. */
  Closing handOver() {
    Closing other = new Closing();
    other.open.addAll(open);
    open.clear();
    return other;
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        IOException fault = e instanceof IOException io ? io : new IOException(e);
        if (first == null) {
          first = fault;
        } else {
          first.addSuppressed(fault);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
