package org.heliograph.samples.demo;

import java.util.UUID;
import org.heliograph.reader.access.NewPerson;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.jspecify.annotations.Nullable;

/** The demo's accounts, one for each role and one more clinic worker. */
enum DemoPerson {
  NURSE_A("nurse-a", "Grace Njeri", "RN", DemoClinic.DEMO_CLINIC_A, "/clinic  sends cases"),
  NURSE_B("nurse-b", "Mariama Sow", "IDE", DemoClinic.DEMO_CLINIC_B, "/clinic  sends cases"),
  RADIOLOGIST(
      "radiologist",
      "Dr Ingrid Lindqvist",
      "MD, Radiology",
      Role.READER,
      Specialty.RADIOLOGY,
      "/read  reads X-rays"),
  DERMATOLOGIST(
      "dermatologist",
      "Dr Rafael Teixeira",
      "MD, Dermatology",
      Role.READER,
      Specialty.DERMATOLOGY,
      "/read  reads skin photos"),
  REFERRER("referrer", "Dr Peter Kamau", "MB ChB", Role.REFERRER, null, "/inbox  takes reports in"),
  COORDINATOR(
      "coordinator", "Ana Ferreira", "", Role.COORDINATOR, null, "/desk  keeps cases moving"),
  ADMINISTRATOR(
      "administrator", "Samuel Osei", "", Role.ADMINISTRATOR, null, "/desk  clinics and people");

  /** Everybody's; this is a demo. */
  static final String PASSWORD = "heliograph-demo";

  private final String login;
  private final String displayName;
  private final String credentials;
  private final Role role;
  private final @Nullable Specialty specialty;
  private final @Nullable DemoClinic clinic;
  private final String place;

  DemoPerson(
      String login, String displayName, String credentials, DemoClinic clinic, String place) {
    this.login = login;
    this.displayName = displayName;
    this.credentials = credentials;
    this.role = Role.CLINIC;
    this.specialty = null;
    this.clinic = clinic;
    this.place = place;
  }

  DemoPerson(
      String login,
      String displayName,
      String credentials,
      Role role,
      @Nullable Specialty specialty,
      String place) {
    this.login = login;
    this.displayName = displayName;
    this.credentials = credentials;
    this.role = role;
    this.specialty = specialty;
    this.clinic = null;
    this.place = place;
  }

  String login() {
    return login;
  }

  /** Name and what stands under a signature. */
  String who() {
    String at = clinic == null ? "" : ", " + clinic.title();
    return displayName + (credentials.isEmpty() ? "" : ", " + credentials) + at;
  }

  /** The page they work on, and what for. */
  String place() {
    return place;
  }

  @Nullable DemoClinic clinic() {
    return clinic;
  }

  NewPerson person(@Nullable UUID siteId) {
    String organisation = role == Role.REFERRER ? DemoClinic.DEMO_CLINIC_A.title() : "";
    return new NewPerson(login, displayName, credentials, organisation, role, specialty, siteId);
  }
}
