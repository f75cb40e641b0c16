package org.heliograph.node.lan;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands until it is told to go on. */
public final class FakeClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-21T08:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  public void advance(Duration by) {
    now = now.plus(by);
  }
}
