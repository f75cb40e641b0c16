package org.heliograph.reader.access;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A program's credential, without the secret itself, which nobody keeps.
 *
 * @param name what the audit trail calls it
 * @param person in whose name it acts; it may do no more than this person may
 * @param expiresAt null for never
 * @param lastUsedAt to the hour; null for never
 */
public record ApiToken(
    UUID id,
    String name,
    UUID person,
    Set<TokenRight> rights,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {
  public ApiToken {
    rights = Set.copyOf(rights);
  }

  /** Whether it is good at this time. */
  public boolean isGood(Instant now) {
    Instant until = expiresAt;
    return revokedAt == null && (until == null || now.isBefore(until));
  }
}
