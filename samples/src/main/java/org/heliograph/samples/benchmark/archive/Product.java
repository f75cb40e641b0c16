package org.heliograph.samples.benchmark.archive;

/** Who is measured. */
enum Product {
  HELIOGRAPH("Heliograph"),
  ORTHANC_POSTGRESQL("Orthanc + PostgreSQL"),
  ORTHANC_SQLITE("Orthanc + SQLite"),
  STORESCP("storescp"),
  DCMQRSCP("dcmqrscp");

  private final String title;

  Product(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
