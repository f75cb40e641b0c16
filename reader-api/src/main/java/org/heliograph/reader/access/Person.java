package org.heliograph.reader.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signs in. {@code credentials} is the line under a signature ("MD, Radiology"), empty
 * if there is none; {@code organisation} is where a referrer works.
 */
public record Person(
    UUID id,
    String login,
    String displayName,
    String credentials,
    String organisation,
    Role role,
    @Nullable Specialty specialty,
    @Nullable UUID siteId) {}
