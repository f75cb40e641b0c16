package org.heliograph.reader.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.xml.DicomXml;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.WebClient;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** QIDO-RS as a client sees it (PS3.18 10.6). */
@HubTest
class SearchIT {
  private static final String JSON = "application/dicom+json";

  @LocalServerPort private int port;
  @Autowired private People people;
  @Autowired private Sites sites;
  @Autowired private JdbcClient sql;
  @Autowired private Archive archive;

  private final String first = Uid.create().value();
  private final String second = Uid.create().value();
  private final String patient = "Q" + UUID.randomUUID();
  private WebClient nurse;

  @BeforeEach
  void two_studies() throws IOException {
    var site = TestPeople.site(sites, "qido");
    TestPeople.person(people, "qidonurse", Role.CLINIC, null, site.id());
    nurse = new WebClient(port);
    assertThat(nurse.signIn("qidonurse", TestPeople.PASSWORD).statusCode()).isEqualTo(200);
    store(site.id(), study(first, "Müller^Jörg", "20260304", "080000").build());
    store(
        site.id(),
        study(second, "Okoro^Ada=黒^娜", "20260305", "090000")
            .string(Tag.AccessionNumber, "A,1")
            .sequence(
                Tag.RequestAttributesSequence,
                Dataset.builder()
                    .string(Tag.RequestedProcedureID, "RP1")
                    .string(Tag.ScheduledProcedureStepID, "STEP 1")
                    .build())
            .build());
  }

  private Dataset.Builder study(String uid, String name, String date, String time) {
    return Dataset.builder()
        .string(Tag.SOPClassUID, Uids.SecondaryCaptureImageStorage)
        .string(Tag.SOPInstanceUID, Uid.create().value())
        .string(Tag.StudyInstanceUID, uid)
        .string(Tag.SeriesInstanceUID, uid + ".1")
        .string(Tag.PatientName, name)
        .string(Tag.PatientID, patient)
        .string(Tag.PatientAge, "040Y")
        .string(Tag.StudyDate, date)
        .string(Tag.StudyTime, time)
        .string(Tag.Modality, "OT");
  }

  private void store(UUID site, Dataset dataset) throws IOException {
    var bytes = new ByteArrayOutputStream();
    DicomWriter.writeDataset(
        bytes, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, dataset, BulkSource.NONE);
    IngestResult result =
        archive
            .ingest()
            .ingest(
                new Incoming(
                    site,
                    "dimse:TEST",
                    TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian),
                    null,
                    null,
                    new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(result).isInstanceOf(IngestResult.Stored.class);
    HttpResponse<String> created =
        nurse.post(
            "/api/cases",
            """
            {"patient":{"familyName":"Okoro","givenName":"Ada","id":"P1","sex":"F"},
             "request":{"specialty":"RADIOLOGY","urgency":"ROUTINE","bodyPart":"CHEST",
                        "question":"Why?","expectXray":true}}
            """);
    sql.sql(
            """
            insert into reading.case_study (study_instance_uid, case_id, origin, linked_at)
            values (:study, :case, 'SENT', now()) on conflict do nothing
            """)
        .param("study", dataset.string(Tag.StudyInstanceUID, ""))
        .param("case", UUID.fromString(WebClient.json(created).path("id").asString()))
        .update();
  }

  @Test
  void finds_by_every_kind_of_key() {
    assertThat(studies("PatientName=m%C3%BCller*")).containsExactly(first);
    assertThat(studies("PatientName=" + encoded("*^娜"))).containsExactly(second);
    assertThat(studies("00100010=muller&fuzzymatching=true")).containsExactly(first);
    assertThat(studies("PatientName=muller*")).isEmpty();
    assertThat(studies("StudyDate=20260304-20260305&StudyTime=0830-0930")).containsExactly(second);
    assertThat(studies("StudyDate=20260304-20260305&StudyTime=0700-0700"))
        .as("from the 4th at 7:00 to the 5th at 7:00")
        .containsExactly(first);
    assertThat(studies("StudyInstanceUID=" + first + "," + second)).hasSize(2);
    assertThat(studies("StudyInstanceUID=" + first + "%5C" + second)).hasSize(2);
    assertThat(studies("StudyInstanceUID=" + first + "&StudyInstanceUID=" + second)).hasSize(2);
    assertThat(studies("AccessionNumber=A%2C1")).containsExactly(second);
    assertThat(studies("ModalitiesInStudy=O%3F&limit=1")).containsExactly(second);
    assertThat(studies("RequestAttributesSequence.ScheduledProcedureStepID=step*")).isEmpty();
    assertThat(studies("RequestAttributesSequence.ScheduledProcedureStepID=STEP%201"))
        .containsExactly(second);
    assertThat(studies("00400275.00401001=RP1")).containsExactly(second);
  }

  @Test
  void counts_pages_and_warns() {
    HttpResponse<String> page = get("/studies?limit=1&PatientID=" + patient, JSON);
    HttpResponse<String> rest = get("/studies?limit=1&offset=1&PatientID=" + patient, JSON);
    HttpResponse<String> none = get("/studies?PatientID=nobody", JSON);
    HttpResponse<String> ignored = get("/studies?PatientAge=040Y", JSON);

    assertThat(page.headers().firstValue("X-Total-Count")).contains("2");
    assertThat(uids(WebClient.json(page))).containsExactly(second);
    assertThat(uids(WebClient.json(rest))).containsExactly(first);
    assertThat(none.statusCode()).isEqualTo(204);
    assertThat(none.body()).isEmpty();
    assertThat(none.headers().firstValue("X-Total-Count")).contains("0");
    assertThat(ignored.headers().firstValue("Warning").orElse(""))
        .startsWith("299 ")
        .contains("00101010");
    assertThat(get("/studies?fuzzymatching=perhaps", JSON).statusCode()).isEqualTo(400);
    assertThat(get("/studies", "text/html").statusCode()).isEqualTo(406);
  }

  @Test
  void returns_what_the_standard_asks_for_and_what_was_asked_for() {
    JsonNode study = WebClient.json(get("/studies?StudyInstanceUID=" + second, JSON)).path(0);
    JsonNode series =
        WebClient.json(
                get("/studies/" + second + "/series?includefield=PatientAge,StationName", JSON))
            .path(0);
    JsonNode all =
        WebClient.json(get("/instances?includefield=all&StudyInstanceUID=" + second, JSON)).path(0);

    for (String tag :
        List.of(
            "00080005",
            "00080020",
            "00080030",
            "00080050",
            "00080056",
            "00080061",
            "00080090",
            "00081190",
            "00100010",
            "00100020",
            "00100030",
            "00100040",
            "0020000D",
            "00200010",
            "00201206",
            "00201208")) {
      assertThat(study.has(tag)).as(tag).isTrue();
    }
    for (String tag :
        List.of(
            "00080060",
            "0008103E",
            "00081190",
            "0020000E",
            "00200011",
            "00201209",
            "00400244",
            "00400245",
            "00400275",
            "00101010")) {
      assertThat(series.has(tag)).as(tag).isTrue();
    }
    assertThat(series.path("00400275").path("Value").path(0).path("00400009").toString())
        .contains("STEP 1");
    assertThat(all.has("00080016")).isTrue();
    assertThat(all.has("00101010")).isTrue();
  }

  @Test
  void answers_in_xml() throws Exception {
    HttpResponse<String> answer =
        get(
            "/studies?StudyInstanceUID=" + second,
            "multipart/related; type=\"application/dicom+xml\"");

    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("multipart/related; type=\"application/dicom+xml\"");
    String body = answer.body();
    String document = body.substring(body.indexOf("<?xml"), body.lastIndexOf("\r\n--")).strip();
    Dataset read = DicomXml.read(document);
    assertThat(read.string(Tag.StudyInstanceUID, "")).isEqualTo(second);
    assertThat(read.personName(Tag.PatientName).orElseThrow().ideographic().familyName())
        .isEqualTo("黒");
  }

  private List<String> studies(String query) {
    HttpResponse<String> answer = get("/studies?" + query, JSON);
    if (answer.statusCode() == 204) {
      return List.of();
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return uids(WebClient.json(answer));
  }

  private List<String> uids(JsonNode answers) {
    return answers
        .valueStream()
        .map(answer -> answer.path("0020000D").path("Value").path(0).asString())
        .filter(uid -> uid.equals(first) || uid.equals(second))
        .toList();
  }

  private HttpResponse<String> get(String path, String accept) {
    return nurse.exchange(nurse.request("/dicomweb" + path).header("Accept", accept).build());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
