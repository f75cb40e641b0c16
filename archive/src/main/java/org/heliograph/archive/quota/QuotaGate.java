package org.heliograph.archive.quota;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Whether a site may store more. The question is asked for each instance and answered from what was
 * so at most two seconds ago: a quota may be exceeded by what arrives in that time.
 */
public final class QuotaGate {
  private static final Logger log = LoggerFactory.getLogger(QuotaGate.class);
  private static final Duration AGE = Duration.ofSeconds(2);

  private final Quotas quotas;
  private final LongSupplier nanoTime;
  private final AtomicLong askedAt;
  private volatile Set<UUID> full = Set.of();

  public QuotaGate(Quotas quotas) {
    this(quotas, System::nanoTime);
  }

  QuotaGate(Quotas quotas, LongSupplier nanoTime) {
    this.quotas = quotas;
    this.nanoTime = nanoTime;
    this.askedAt = new AtomicLong(nanoTime.getAsLong() - AGE.toNanos());
  }

  /** Whether the site's quota is a hard one and used up. */
  public boolean refuses(UUID siteId) {
    long now = nanoTime.getAsLong();
    long last = askedAt.get();
    if (now - last >= AGE.toNanos() && askedAt.compareAndSet(last, now)) {
      ask();
    }
    return full.contains(siteId);
  }

  private void ask() {
    try {
      full =
          quotas.usage().stream()
              .filter(SiteUsage::refuses)
              .map(SiteUsage::siteId)
              .collect(Collectors.toUnmodifiableSet());
    } catch (DataAccessException e) {
      // The instance itself will meet the database soon enough.
      log.warn("event=quota.unknown cause={}", e.getClass().getSimpleName());
    }
  }
}
