package org.heliograph.samples.demo;

import static org.heliograph.samples.skin.SkinPhoto.View.CLOSE_UP;
import static org.heliograph.samples.skin.SkinPhoto.View.LANDMARK;
import static org.heliograph.samples.skin.SkinPhoto.View.OVERVIEW;

import java.util.List;
import java.util.Map;
import org.heliograph.reader.cases.Urgency;
import org.heliograph.samples.demo.DemoPictures.Photos;
import org.heliograph.samples.demo.DemoPictures.Xray;
import org.heliograph.samples.people.SyntheticPatient;
import org.heliograph.samples.skin.Lesion;
import org.heliograph.samples.skin.SkinTone;
import org.heliograph.samples.study.XrayStudy.Projection;
import org.heliograph.samples.xray.Chest;
import org.heliograph.samples.xray.Forearm;
import org.heliograph.samples.xray.Hand;

/** The demo's cases. The patients and their stories are invented. */
final class DemoCases {
  /** Read and signed by the demo itself, so that the referrer has a letter. */
  static final DemoCase REPORTED =
      new DemoCase(
          DemoClinic.DEMO_CLINIC_A,
          SyntheticPatient.ANITA,
          Urgency.ROUTINE,
          "HAND",
          "R",
          "Erosions or joint space loss suggesting early inflammatory arthritis?",
          "Pain and morning stiffness (40 minutes) of the right hand for three months, worst over"
              + " the second and third MCP joints. No injury. ESR 38 mm/h, rheumatoid factor not"
              + " available here.",
          new Xray("HDEMO0001", Projection.HAND_RIGHT, () -> new Hand(311).radiograph()));

  static final Map<String, String> REPORT =
      Map.of(
          "technique", "Right hand, PA. One projection; good quality.",
          "comparison", "None available.",
          "findings",
              """
              Normal alignment of carpus, metacarpals and phalanges. No fracture.
              No marginal erosion at the MCP or PIP joints; joint spaces are preserved and equal.
              Bone density is normal, without periarticular osteopenia. Soft tissues over the \
              second and third MCP joints are not convincingly swollen.\
              """,
          "impression",
              "No radiographic sign of inflammatory arthritis. A normal film does not rule out"
                  + " early disease.",
          "recommendation",
              "If symptoms go on: CCP antibodies and ultrasound of the MCP joints where available;"
                  + " repeat films of both hands and feet in 6 to 12 months.");

  static final List<DemoCase> ALL =
      List.of(
          REPORTED,
          new DemoCase(
              DemoClinic.DEMO_CLINIC_A,
              SyntheticPatient.MOHAMMED,
              Urgency.EMERGENCY,
              "CHEST",
              null,
              "Pleural effusion? How large, and is there a shift? We can drain here.",
              "Two weeks of increasing breathlessness, now at rest. SpO2 89 % on air, RR 30. Dull"
                  + " to percussion over the left base. Weight loss of 6 kg in two months, night"
                  + " sweats. HIV negative.",
              new Xray(
                  "HDEMO0002",
                  Projection.CHEST_PA,
                  () -> new Chest(512, Chest.Finding.LEFT_PLEURAL_EFFUSION).radiograph())),
          new DemoCase(
              DemoClinic.DEMO_CLINIC_A,
              SyntheticPatient.AMINA,
              Urgency.ROUTINE,
              "CHEST",
              null,
              "Pneumonia? Signs of tuberculosis?",
              "Productive cough and fever up to 39.2 °C for five days. Crackles over the right base."
                  + " Amoxicillin since yesterday. Never smoked; a brother was treated for TB in"
                  + " 2019.",
              new Xray(
                  "HDEMO0003",
                  Projection.CHEST_PA,
                  () -> new Chest(481, Chest.Finding.RIGHT_LOWER_LOBE_CONSOLIDATION).radiograph())),
          new DemoCase(
              DemoClinic.DEMO_CLINIC_A,
              SyntheticPatient.JUMA,
              Urgency.URGENT,
              "FOREARM",
              "L",
              "Fracture of the distal radius? Does the growth plate take part, does it need"
                  + " reduction?",
              "Fell from a mango tree on the outstretched left hand two hours ago. Swelling and"
                  + " tenderness above the wrist. Fingers warm, sensation and movement intact. Splint"
                  + " applied.",
              new Xray(
                  "HDEMO0004",
                  Projection.FOREARM_LEFT,
                  () -> new Forearm(547, Forearm.Fracture.DISTAL_RADIUS).radiograph())),
          new DemoCase(
              DemoClinic.DEMO_CLINIC_A,
              SyntheticPatient.MOHAMMED,
              Urgency.ROUTINE,
              "ARM",
              "R",
              "Tinea corporis? Is oral treatment needed?",
              "Itching ring on the right forearm, growing for four weeks, with a scaly edge. Keeps"
                  + " goats; a son has the same on his scalp. No improvement with hydrocortisone 1 %"
                  + " cream.",
              new Photos(SkinTone.IV, Lesion.TINEA, 71, List.of(OVERVIEW, CLOSE_UP))),
          new DemoCase(
              DemoClinic.DEMO_CLINIC_B,
              SyntheticPatient.MARIA,
              Urgency.URGENT,
              "ARM",
              "L",
              "Melanoma? Excise here or refer to Dakar?",
              "Dark spot on the left forearm, present for about two years, larger and darker since"
                  + " March; bled once. Mother had a skin cancer removed. No enlarged nodes in the"
                  + " armpit.",
              new Photos(
                  SkinTone.III,
                  Lesion.ATYPICAL_PIGMENTED,
                  52,
                  List.of(OVERVIEW, LANDMARK, CLOSE_UP))),
          new DemoCase(
              DemoClinic.DEMO_CLINIC_B,
              SyntheticPatient.AISSATOU,
              Urgency.ROUTINE,
              "ARM",
              "R",
              "Psoriasis ? Quel traitement local en première intention ?",
              "Plaque squameuse de l'avant-bras droit depuis huit mois, prurit modéré. Aggravation"
                  + " en saison sèche. Pas de douleur articulaire. Traitée par beurre de karité"
                  + " seulement.",
              new Photos(SkinTone.VI, Lesion.PSORIASIS, 44, List.of(OVERVIEW, CLOSE_UP))),
          new DemoCase(
              DemoClinic.DEMO_CLINIC_B,
              SyntheticPatient.XIAOMING,
              Urgency.ROUTINE,
              "ARM",
              "L",
              "Harmless mole?",
              "Mole on the left forearm for more than 20 years. The patient asks because a relative"
                  + " was operated on. He has not seen it change.",
              new Photos(SkinTone.II, Lesion.NEVUS, 31, List.of(OVERVIEW, CLOSE_UP))));

  /** Comes from the machine alone; the hub makes a case that asks the clinic for its request. */
  static final DemoCase WITHOUT_REQUEST =
      new DemoCase(
          DemoClinic.DEMO_CLINIC_B,
          SyntheticPatient.OLENA,
          Urgency.ROUTINE,
          "CHEST",
          null,
          "",
          "",
          new Xray(
              "THIES-2291",
              Projection.CHEST_PA,
              () -> new Chest(60, Chest.Finding.NONE).radiograph()));

  private DemoCases() {}
}
