package org.heliograph.archive.catalog;

/**
 * How much the archive holds.
 *
 * @param bytes of the stored instances as received, with their file meta information
 * @param waitingArrivals stored instances that the reading side has not been told of yet
 * @param quarantined instances kept apart until a person decides
 */
public record Holdings(
    long patients,
    long studies,
    long series,
    long instances,
    long bytes,
    long waitingArrivals,
    long quarantined) {}
