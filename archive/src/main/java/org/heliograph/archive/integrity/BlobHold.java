package org.heliograph.archive.integrity;

import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps every process from removing blobs while a backup runs. Whoever removes blobs asks {@link
 * #isHeld} after their rows have gone, and leaves it for later if so. A hold lasts ten minutes by
 * the database's clock unless it is prolonged, so that nothing is held for ever by the dead.
 */
public final class BlobHold implements AutoCloseable {
  /** How long a hold lasts without being prolonged. */
  public static final Duration LASTS = Duration.ofMinutes(10);

  private static final String TAKE =
      """
      insert into archive.blob_hold (holder, held_until)
      values (:holder, clock_timestamp() + make_interval(secs => :seconds))
      """;

  private static final String PROLONG =
      """
      update archive.blob_hold
      set held_until = clock_timestamp() + make_interval(secs => :seconds)
      where holder = :holder and held_until > clock_timestamp()
      """;

  private static final String HELD =
      "select exists (select 1 from archive.blob_hold where held_until > clock_timestamp())";

  private final JdbcClient jdbc;
  private final UUID holder = UUID.randomUUID();

  private BlobHold(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Holds from the moment of its return; those that lapsed are cleared away. */
  public static BlobHold take(JdbcClient jdbc) {
    jdbc.sql("delete from archive.blob_hold where held_until < clock_timestamp()").update();
    BlobHold hold = new BlobHold(jdbc);
    jdbc.sql(TAKE).param("holder", hold.holder).param("seconds", seconds()).update();
    return hold;
  }

  /** Whether blobs must not be removed now. */
  public static boolean isHeld(JdbcClient jdbc) {
    return jdbc.sql(HELD).query(Boolean.class).single();
  }

  /** Holds for longer; false if the hold has lapsed, and blobs may have been removed. */
  public boolean prolong() {
    return jdbc.sql(PROLONG).param("holder", holder).param("seconds", seconds()).update() == 1;
  }

  @Override
  public void close() {
    jdbc.sql("delete from archive.blob_hold where holder = ?").param(holder).update();
  }

  private static double seconds() {
    return LASTS.toSeconds();
  }
}
