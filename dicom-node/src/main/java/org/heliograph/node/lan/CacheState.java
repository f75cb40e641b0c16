package org.heliograph.node.lan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a cache stands.
 *
 * @param fetchedAt when the hub last said that this is right, by our clock; null if it never did
 * @param entries how many there are
 * @param unreadable how many more the hub sent that are left out
 * @param code why the last attempt to refresh it failed; empty if it did not
 */
public record CacheState(@Nullable Instant fetchedAt, int entries, int unreadable, String code) {}
