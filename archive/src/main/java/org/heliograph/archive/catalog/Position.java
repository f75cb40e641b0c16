package org.heliograph.archive.catalog;

import java.time.LocalDate;

/**
 * An answer's place in the order of a search: the next page begins after it. It holds our own row
 * ids; what a level has not is 0.
 */
public record Position(LocalDate date, long patient, long study, long series, long instance) {}
