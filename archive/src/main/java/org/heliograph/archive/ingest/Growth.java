package org.heliograph.archive.ingest;

/** What one stored instance adds to the counts of its study and series. */
record Growth(long study, long series, String modality, String sopClass, long bytes) {}
