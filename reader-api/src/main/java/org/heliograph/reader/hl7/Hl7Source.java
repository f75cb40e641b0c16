package org.heliograph.reader.hl7;

import java.util.UUID;

/**
 * An application that sends orders for a site.
 *
 * @param facility {@code *} is any
 * @param issuer Issuer of Patient ID where a message names no assigning authority; may be empty
 */
public record Hl7Source(UUID id, String application, String facility, UUID siteId, String issuer) {}
