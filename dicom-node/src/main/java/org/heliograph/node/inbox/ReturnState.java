package org.heliograph.node.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the way back stands.
 *
 * @param lastContact when the hub last answered, by our clock; null if it has not since the start
 * @param failures in a row since then
 * @param code why the last attempt failed; empty if it did not
 * @param setAside messages that could not be applied and were passed over, since the start
 */
public record ReturnState(@Nullable Instant lastContact, int failures, String code, int setAside) {}
