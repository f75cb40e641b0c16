package org.heliograph.reader.hl7;

import java.util.UUID;

/** Makes synthetic order messages; each order is of another patient. */
public final class OrderMessages {
  final String application;
  final String placer = "P" + UUID.randomUUID().toString().substring(0, 12);
  final String patient = "HL" + UUID.randomUUID().toString().substring(0, 8);
  public final String accession = "A" + UUID.randomUUID().toString().substring(0, 10);
  String name = "Kamau^Wanjiru";
  String characterSet = "UNICODE UTF-8";
  String study = "";
  String start = "20260304101500";
  String station = "";
  String modality = "DX";

  public OrderMessages(String application) {
    this.application = application;
  }

  /** ORM^O01 with ZDS. */
  public String orm(String control) {
    return msh("ORM^O01")
        + pid()
        + "PV1||O|WARD 7|||||4711^Mwangi^Grace^^^Dr.\r"
        + "ORC|"
        + control
        + "|"
        + placer
        + "^RIS|||SC||^^^"
        + start
        + "^^R\r"
        + "OBR|1|"
        + placer
        + "^RIS||36643-5^Chest X-ray 2 views^LN|||||||||Cough for 3 weeks|||"
        + "4711^Mwangi^Grace^^^Dr.||"
        + accession
        + "|RP1|SPS1||||"
        + modality
        + "|||^^^"
        + start
        + "^^R||||^Rule out pneumonia\r"
        + (study.isEmpty() ? "" : "ZDS|" + study + "^100^Application^DICOM\r");
  }

  /** OMI^O23 with IPC. */
  String omi(String control) {
    return msh("OMI^O23^OMI_O23")
        + pid()
        + "PV1||O\r"
        + "ORC|"
        + control
        + "|"
        + placer
        + "^RIS|||SC\r"
        + "TQ1|1||||||"
        + start
        + "||S\r"
        + "OBR|1|"
        + placer
        + "^RIS||36643-5^Chest X-ray 2 views^LN|||||||||Cough\r"
        + "IPC|"
        + accession
        + "|RP1|"
        + study
        + "|SPS1|"
        + modality
        + "|CHEST2^Chest PA and lateral^99CL|BUCKY1||"
        + station
        + "\r";
  }

  /** ORC alone, as many systems cancel. */
  String cancel() {
    return msh("ORM^O01") + pid() + "ORC|CA|" + placer + "^RIS\r";
  }

  private String pid() {
    return "PID|1||" + patient + "^^^CLINIC^MR||" + name + "||19800229|F\r";
  }

  private String msh(String type) {
    return "MSH|^~\\&|"
        + application
        + "|EAST|HELIOGRAPH|HUB|20260304091500||"
        + type
        + "|"
        + UUID.randomUUID()
        + "|P|2.5||||||"
        + characterSet
        + "\r";
  }
}
