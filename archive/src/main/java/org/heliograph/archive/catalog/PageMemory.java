package org.heliograph.archive.catalog;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a short while where pages ended, so that a client that asks for page after page by
 * offset is answered from that place on instead of from the beginning, and sees no answer twice
 * because another study came in between.
 */
final class PageMemory {
  private static final int MAX_PAGES = 512;
  private static final Duration LIFETIME = Duration.ofMinutes(2);

  /** A search without its paging, and the offset that goes on after a known position. */
  private record Key(Search search, long offset) {}

  private record Ended(Position position, long nanoTime) {}

  private final Map<Key, Ended> pages =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Ended> eldest) {
          return size() > MAX_PAGES;
        }
      };

  /** The search as one that goes on after the page before it, if that page is remembered. */
  Search resumed(Search search) {
    if (search.offset() == 0 || search.after() != null) {
      return search;
    }
    Ended ended;
    synchronized (pages) {
      ended = pages.get(new Key(paged(search, 0, null, 1), search.offset()));
    }
    if (ended == null || System.nanoTime() - ended.nanoTime() > LIFETIME.toNanos()) {
      return search;
    }
    return paged(search, 0, ended.position(), search.limit());
  }

  void remember(Search search, Position last) {
    if (search.after() != null) {
      return;
    }
    synchronized (pages) {
      pages.put(
          new Key(paged(search, 0, null, 1), search.offset() + search.limit()),
          new Ended(last, System.nanoTime()));
    }
  }

  private static Search paged(Search search, long offset, @Nullable Position after, int limit) {
    return new Search(
        search.level(),
        search.visibility(),
        search.matches(),
        search.itemMatches(),
        search.names(),
        search.dateTimes(),
        search.include(),
        limit,
        offset,
        after,
        search.counting());
  }
}
