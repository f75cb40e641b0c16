package org.heliograph.samples.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.cases.Urgency;
import org.heliograph.samples.people.SyntheticPatient;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A case as a clinic asks for it: whose it is, the request's words, and what pictures it has. */
record DemoCase(
    DemoClinic clinic,
    SyntheticPatient patient,
    Urgency urgency,
    String bodyPart,
    @Nullable String laterality,
    String question,
    String history,
    DemoPictures pictures) {

  Specialty specialty() {
    return switch (pictures) {
      case DemoPictures.Xray xray -> Specialty.RADIOLOGY;
      case DemoPictures.Photos photos -> Specialty.DERMATOLOGY;
    };
  }

  /** What it is in a line, without the patient. */
  String title() {
    return switch (pictures) {
          case DemoPictures.Xray xray -> "X-ray, ";
          case DemoPictures.Photos photos -> "skin photos, ";
        }
        + bodyPart.toLowerCase(Locale.ROOT)
        + ", "
        + urgency.name().toLowerCase(Locale.ROOT)
        + " ("
        + clinic.title()
        + ")";
  }

  /** The body of {@code POST /api/cases}. */
  Map<String, Object> form(@Nullable String referrerId) {
    Map<String, Object> request = new HashMap<>();
    request.put("specialty", specialty().name());
    request.put("urgency", urgency.name());
    request.put("bodyPart", bodyPart);
    request.put("question", question);
    request.put("history", history);
    if (laterality != null) {
      request.put("laterality", laterality);
    }
    if (referrerId != null) {
      request.put("referrerId", referrerId);
    }
    if (pictures instanceof DemoPictures.Xray xray) {
      request.put("accessionNumber", xray.accessionNumber());
      request.put("expectXray", true);
    }
    return Map.of("patient", patientForm(), "request", request);
  }

  /** Whether this is the case of that JSON. */
  boolean isOf(JsonNode json) {
    var request = json.path("request");
    return json.path("patientDetails").path("id").asString("").equals(patient.id())
        && switch (pictures) {
          // A study that came alone has no request until the clinic writes one.
          case DemoPictures.Xray xray ->
              question.isEmpty()
                  || request.path("accessionNumber").asString("").equals(xray.accessionNumber());
          case DemoPictures.Photos photos ->
              request.path("specialty").asString("").equals(Specialty.DERMATOLOGY.name())
                  && request.path("bodyPart").asString("").equals(bodyPart);
        };
  }

  private Map<String, String> patientForm() {
    return Map.of(
        "familyName", patient.familyName(),
        "givenName", patient.givenName(),
        "id", patient.id(),
        "issuer", patient.issuer(),
        "birthDate", patient.birthDate().toString(),
        "sex", patient.sex());
  }

  static List<DemoCase> all() {
    return DemoCases.ALL;
  }
}
