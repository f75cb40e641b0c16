package org.heliograph.archive.blob.move;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which stores hold the archive's blobs. A hub that is started with another store than before thus
 * knows that the older blobs lie elsewhere.
 */
public final class StoreRows {
  /** The folder below the hub's data. */
  public static final String FILE = "file";

  private static final String IN_STATE =
      "select location from archive.blob_store where state = :state";

  private static final String SET =
      """
      insert into archive.blob_store (location, state, since) values (:location, :state, :now)
      on conflict (location) do update set state = excluded.state, since = excluded.since
      """;

  private static final String REMOVE = "delete from archive.blob_store where location = :location";

  private static final String HOLDS_BLOBS =
      """
      select exists (select 1 from archive.instance) or exists (select 1 from archive.quarantine)
        or exists (select 1 from archive.kept_blob)
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  public StoreRows(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** What a hub that is told to use a store has to open beside it. */
  public sealed interface Opening {
    /** Nothing. */
    record Alone() implements Opening {}

    /** The store where the older blobs lie. */
    record With(String source) implements Opening {}

    /** It must not: a move between two other stores, or the other way round, has not ended. */
    record Refused(String inUse, String source) implements Opening {}
  }

  /** Notes that this store takes new blobs from now on. */
  public Opening use(String location, Instant now) {
    Opening opening = transaction.execute(_ -> decide(location, now));
    if (opening == null) {
      throw new IllegalStateException("a transaction without a result");
    }
    return opening;
  }

  private Opening decide(String location, Instant now) {
    jdbc.sql("lock table archive.blob_store in exclusive mode").update();
    boolean holds = jdbc.sql(HOLDS_BLOBS).query(Boolean.class).single();
    Optional<String> noted = in("IN_USE");
    Optional<String> source = in("SOURCE");
    // Archives of before there was a choice have a folder.
    String inUse = noted.orElse(holds ? FILE : location);
    if (inUse.equals(location)) {
      set(location, "IN_USE", now);
      return source.<Opening>map(Opening.With::new).orElseGet(Opening.Alone::new);
    }
    if (source.isPresent()) {
      return new Opening.Refused(inUse, source.get());
    }
    if (holds) {
      set(inUse, "SOURCE", now);
      jdbc.sql("delete from archive.blob_copy").update();
      jdbc.sql("delete from archive.blob_move").update();
    } else {
      jdbc.sql(REMOVE).param("location", inUse).update();
    }
    set(location, "IN_USE", now);
    return holds ? new Opening.With(inUse) : new Opening.Alone();
  }

  /** Where new blobs go, once a hub has noted it. */
  public Optional<String> inUse() {
    return in("IN_USE");
  }

  Optional<String> source() {
    return in("SOURCE");
  }

  void dropSource(Instant now) {
    in("SOURCE").ifPresent(location -> set(location, "DROPPED", now));
  }

  private Optional<String> in(String state) {
    return jdbc.sql(IN_STATE).param("state", state).query(String.class).optional();
  }

  private void set(String location, String state, Instant now) {
    jdbc.sql(SET)
        .param("location", location)
        .param("state", state)
        .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .update();
  }
}
