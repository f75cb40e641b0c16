package org.heliograph.samples.demo;

import java.time.ZoneOffset;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.sites.NewSite;

/** The two clinics; the code is the AE title of their X-ray machine too. */
enum DemoClinic {
  DEMO_CLINIC_A("Kibera Health Centre", "Kibera Drive, Nairobi, Kenya", "nurse-a", "+03:00"),
  DEMO_CLINIC_B(
      "Centre de santé de Thiès", "Avenue Léopold Sédar Senghor, Thiès, Sénégal", "nurse-b", "Z");

  private final String title;
  private final String address;
  private final String nurse;
  private final String offset;

  DemoClinic(String title, String address, String nurse, String offset) {
    this.title = title;
    this.address = address;
    this.nurse = nurse;
    this.offset = offset;
  }

  String title() {
    return title;
  }

  /** The login name of the clinic worker. */
  String nurse() {
    return nurse;
  }

  ZoneOffset offset() {
    return ZoneOffset.of(offset);
  }

  NewSite site() {
    return new NewSite(name(), title, address, Specialty.RADIOLOGY);
  }
}
