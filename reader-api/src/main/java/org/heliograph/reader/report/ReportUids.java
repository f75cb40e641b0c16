package org.heliograph.reader.report;

/**
 * The UIDs a signed issue of a report was given at its signature, and its number among the issues
 * of its case. Series are shared by all issues of a case.
 */
record ReportUids(
    int number,
    String reportSeries,
    String structuredReport,
    String documentSeries,
    String encapsulatedPdf) {}
