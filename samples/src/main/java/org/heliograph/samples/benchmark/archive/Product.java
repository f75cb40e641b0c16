package org.heliograph.samples.benchmark.archive;

/** Who is measured. */
enum Product {
  HELIOGRAPH("Heliograph", "#0b6e8f"),
  ORTHANC_POSTGRESQL("Orthanc + PostgreSQL", "#c2571a"),
  ORTHANC_SQLITE("Orthanc + SQLite", "#e0a458"),
  STORESCP("storescp", "#8a8f98"),
  DCMQRSCP("dcmqrscp", "#b9bec6");

  private final String title;
  private final String colour;

  Product(String title, String colour) {
    this.title = title;
    this.colour = colour;
  }

  /** Of its bars. */
  String colour() {
    return colour;
  }

  String title() {
    return title;
  }
}
