package org.heliograph.reader.dicomweb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.xml.DicomXml;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.WebClient;
import org.heliograph.reader.access.ApiTokens;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.access.TokenRight;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@HubTest
class StoreIT {
  private static final String RELATED =
      "multipart/related; type=\"application/dicom\"; boundary=\"part-of-it\"";

  @LocalServerPort private int port;
  @Autowired private People people;
  @Autowired private Sites sites;
  @Autowired private JdbcClient sql;
  @Autowired private ApiTokens tokens;

  private final String study = Uid.create().value();
  private final String series = Uid.create().value();
  private WebClient north;
  private WebClient south;

  @BeforeEach
  void two_clinics() {
    var northern = TestPeople.site(sites, "stnorth");
    var southern = TestPeople.site(sites, "stsouth");
    TestPeople.person(people, "stnorth", Role.CLINIC, null, northern.id());
    TestPeople.person(people, "stsouth", Role.CLINIC, null, southern.id());
    TestPeople.person(people, "streader", Role.READER, Specialty.RADIOLOGY, null);
    north = signedIn("stnorth");
    south = signedIn("stsouth");
  }

  private WebClient signedIn(String login) {
    var web = new WebClient(port);
    assertThat(web.signIn(login, TestPeople.PASSWORD).statusCode()).isEqualTo(200);
    return web;
  }

  private byte[] partTen(String ofStudy, String instance, int seed, TransferSyntax syntax)
      throws IOException {
    var pixels = new byte[2 * 64 * 80];
    new Random(seed).nextBytes(pixels);
    Dataset image =
        Dataset.builder()
            .string(Tag.SOPClassUID, Uids.SecondaryCaptureImageStorage)
            .string(Tag.SOPInstanceUID, instance)
            .string(Tag.StudyInstanceUID, ofStudy)
            .string(Tag.SeriesInstanceUID, series)
            .string(Tag.PatientName, "Okoro^Ada")
            .string(Tag.PatientID, "ST1")
            .string(Tag.Modality, "OT")
            .integer(Tag.SamplesPerPixel, 1)
            .string(Tag.PhotometricInterpretation, "MONOCHROME2")
            .integer(Tag.Rows, 64)
            .integer(Tag.Columns, 80)
            .integer(Tag.BitsAllocated, 16)
            .integer(Tag.BitsStored, 16)
            .integer(Tag.HighBit, 15)
            .integer(Tag.PixelRepresentation, 0)
            .bytes(Tag.PixelData, Vr.OW, pixels)
            .build();
    var bytes = new ByteArrayOutputStream();
    DicomWriter.writePart10(
        bytes,
        DicomWriter.fileMeta(
            SopClassUid.of(Uids.SecondaryCaptureImageStorage),
            SopInstanceUid.of(instance),
            syntax.transferSyntaxUid()),
        syntax,
        image,
        BulkSource.NONE);
    return bytes.toByteArray();
  }

  private byte[] partTen(String instance, int seed) throws IOException {
    return partTen(study, instance, seed, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
  }

  private static byte[] parts(List<byte[]> files) throws IOException {
    var body = new ByteArrayOutputStream();
    for (byte[] file : files) {
      body.write("--part-of-it\r\nContent-Type: application/dicom\r\n\r\n".getBytes(US_ASCII));
      body.write(file);
      body.write("\r\n".getBytes(US_ASCII));
    }
    body.write("--part-of-it--\r\n".getBytes(US_ASCII));
    return body.toByteArray();
  }

  private static HttpResponse<String> store(
      WebClient web, String path, String contentType, String accept, byte[] body) {
    return web.exchange(
        web.request("/dicomweb/studies" + path)
            .header("Content-Type", contentType)
            .header("Accept", accept)
            .header("X-XSRF-TOKEN", web.cookie("XSRF-TOKEN").orElse(""))
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private static HttpResponse<String> store(WebClient web, byte[]... files) throws IOException {
    return store(web, "", RELATED, "application/dicom+json", parts(List.of(files)));
  }

  private static HttpResponse<String> store(WebClient web, String body) {
    return store(web, "", RELATED, "*/*", body.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static JsonNode first(JsonNode answer, String sequence) {
    return answer.path(sequence).path("Value").path(0);
  }

  private static String value(JsonNode item, String tag) {
    return item.path(tag).path("Value").path(0).asString();
  }

  /** The data set behind our own or anybody's head. */
  private static byte[] dataset(byte[] partTen) {
    int metaBytes =
        (partTen[140] & 0xFF) | (partTen[141] & 0xFF) << 8 | (partTen[142] & 0xFF) << 16;
    return Arrays.copyOfRange(partTen, 144 + metaBytes, partTen.length);
  }

  @Test
  void stores_instances_and_gives_the_same_bytes_back() throws IOException {
    String one = Uid.create().value();
    String two = Uid.create().value();
    byte[] first = partTen(one, 1);
    byte[] second = partTen(study, two, 2, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);

    HttpResponse<String> answer = store(north, first, second);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode json = WebClient.json(answer);
    String base = "http://127.0.0.1:" + port + "/dicomweb/studies/" + study;
    assertThat(value(json, "00081190")).isEqualTo(base);
    assertThat(json.path("00081199").path("Value").size()).isEqualTo(2);
    JsonNode reference = first(json, "00081199");
    assertThat(value(reference, "00081150")).isEqualTo(Uids.SecondaryCaptureImageStorage);
    assertThat(value(reference, "00081155")).isEqualTo(one);
    String address = value(reference, "00081190");
    assertThat(address).isEqualTo(base + "/series/" + series + "/instances/" + one);
    assertThat(json.has("00081198")).isFalse();

    for (String instance : List.of(one, two)) {
      String path = "/dicomweb/studies/" + study + "/series/" + series + "/instances/" + instance;
      HttpResponse<byte[]> back =
          await()
              .atMost(Duration.ofSeconds(20))
              .until(
                  () ->
                      north.exchangeBytes(
                          north
                              .request(path)
                              .header("Accept", "application/dicom; transfer-syntax=*")
                              .build()),
                  got -> got.statusCode() == 200);
      assertThat(dataset(back.body())).isEqualTo(dataset(instance.equals(one) ? first : second));
    }
    assertThat(
            sql.sql(
                    """
                    select detail from reading.audit_event
                    where object_id = ? and detail like 'STOW-RS%'
                    """)
                .param(study)
                .query(String.class)
                .list())
        .containsExactly("STOW-RS 2 instances");
  }

  @Test
  void stores_the_same_instance_once_and_another_under_its_uid_apart() throws IOException {
    String instance = Uid.create().value();
    assertThat(store(north, partTen(instance, 1)).statusCode()).isEqualTo(200);

    HttpResponse<String> again = store(north, partTen(instance, 1));
    HttpResponse<String> other = store(north, partTen(instance, 2));
    HttpResponse<String> ofSouth = store(south, partTen(Uid.create().value(), 3));

    assertThat(again.statusCode()).isEqualTo(200);
    for (HttpResponse<String> apart : List.of(other, ofSouth)) {
      assertThat(apart.statusCode()).isEqualTo(202);
      JsonNode item = first(WebClient.json(apart), "00081199");
      assertThat(item.path("00081196").path("Value").path(0).asInt()).isEqualTo(0xB000);
      assertThat(item.has("00081190")).isFalse();
    }
    assertThat(
            sql.sql(
                    """
                    select count(*) from archive.instance i join archive.study s
                      on s.id = i.study_ref where s.study_instance_uid = ?
                    """)
                .param(study)
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void tells_which_instances_failed_and_why() throws IOException {
    String good = Uid.create().value();
    String elsewhere = Uid.create().value();
    byte[] cut = partTen(Uid.create().value(), 4);

    HttpResponse<String> answer =
        store(
            north,
            "/" + study,
            RELATED,
            "application/dicom+json",
            parts(
                List.of(
                    partTen(good, 1),
                    partTen(
                        Uid.create().value(),
                        elsewhere,
                        2,
                        TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN),
                    "no DICOM".getBytes(US_ASCII),
                    Arrays.copyOf(cut, cut.length - 100))));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode json = WebClient.json(answer);
    assertThat(value(first(json, "00081199"), "00081155")).isEqualTo(good);
    JsonNode failed = json.path("00081198").path("Value");
    assertThat(failed.size()).isEqualTo(2);
    assertThat(value(failed.path(0), "00081155")).isEqualTo(elsewhere);
    assertThat(failed.path(0).path("00081197").path("Value").path(0).asInt()).isEqualTo(0xC409);
    assertThat(failed.path(1).path("00081197").path("Value").path(0).asInt()).isEqualTo(0xC000);
    assertThat(json.path("0008119A").path("Value").size()).isEqualTo(1);

    HttpResponse<String> nothing = store(north, "junk".getBytes(US_ASCII));
    assertThat(nothing.statusCode()).isEqualTo(409);
  }

  @Test
  void answers_in_xml_where_that_is_wanted() throws Exception {
    HttpResponse<String> answer =
        store(
            north,
            "",
            "multipart/related; type=application/dicom; boundary=part-of-it",
            "application/dicom+xml",
            parts(List.of(partTen(Uid.create().value(), 1))));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/dicom+xml");
    assertThat(DicomXml.read(answer.body()).items(Tag.ReferencedSOPSequence)).hasSize(1);
  }

  @Test
  void refuses_bodies_that_are_no_instances_in_parts() throws IOException {
    byte[] body = parts(List.of(partTen(Uid.create().value(), 1)));

    assertThat(store(north, "", "application/dicom", "*/*", body).statusCode()).isEqualTo(415);
    assertThat(
            store(north, "", "multipart/related; type=\"image/jpeg\"; boundary=x", "*/*", body)
                .statusCode())
        .isEqualTo(415);
    assertThat(store(north, "", RELATED, "image/png", body).statusCode()).isEqualTo(406);
    assertThat(store(north, "/x.y", RELATED, "*/*", body).statusCode()).isEqualTo(400);
    assertThat(
            store(north, "", "multipart/related; type=\"application/dicom\"", "*/*", body).body())
        .contains("TR-0310", "boundary");
    assertThat(store(north, "--part-of-it--").statusCode()).isEqualTo(400);
    assertThat(store(north, "").statusCode()).isEqualTo(400);
    assertThat(store(north, "--part-of-it\r\n" + "A: b\r\n".repeat(100_000)).body())
        .contains("TR-0310", "8192 bytes");
    assertThat(store(north, "--part-of-it\r\n\r\n\r\n".repeat(10_000) + "--part-of-it--").body())
        .contains("TR-0311", "5000 parts");
    assertThat(store(north, "x".repeat(1 << 20) + "\r\n--part-of-it--").body())
        .as("before the first part")
        .contains("TR-0311");
    assertThat(
            store(
                    north,
                    "--part-of-it\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
                        + "--x\r\n\r\n--x--\r\n\r\n--part-of-it--")
                .statusCode())
        .as("parts in a part")
        .isEqualTo(409);
    byte[] file = partTen(Uid.create().value(), 9);
    String cut =
        "--part-of-it\r\n\r\n" + new String(file, 0, file.length - 10, StandardCharsets.ISO_8859_1);
    HttpResponse<String> truncated = store(north, cut);
    assertThat(truncated.statusCode()).isEqualTo(400);
    assertThat(truncated.body()).contains("TR-0310", "ends within");
  }

  @Test
  void orthanc_stores_here_and_takes_the_same_bytes_back(@TempDir Path folder) throws IOException {
    List<byte[]> files =
        List.of(partTen(Uid.create().value(), 1), partTen(Uid.create().value(), 2));
    String token =
        tokens
            .add(
                "orthanc-" + java.util.UUID.randomUUID(),
                people.byLogin("stnorth").orElseThrow(),
                Set.of(TokenRight.DICOMWEB_READ, TokenRight.DICOMWEB_STORE),
                null)
            .secret();
    try (var orthanc = OrthancWeb.start(folder, port, token)) {
      files.forEach(orthanc::add);
      orthanc.store();
      String path = "/dicomweb/studies?StudyInstanceUID=" + study;
      await().atMost(Duration.ofSeconds(20)).until(() -> north.get(path).statusCode() == 200);
      orthanc.clear();
      orthanc.retrieve(study);

      assertThat(orthanc.files().stream().map(StoreIT::dataset).toList())
          .containsExactlyInAnyOrderElementsOf(files.stream().map(StoreIT::dataset).toList());
    }
  }

  @Test
  void an_answer_that_cannot_go_on_is_not_mistaken_for_a_whole_one() throws IOException {
    assertThat(store(north, partTen(Uid.create().value(), 1)).statusCode()).isEqualTo(200);
    assertThat(store(north, damaged()).statusCode()).isEqualTo(200);
    String path = "/dicomweb/studies/" + study;
    await().atMost(Duration.ofSeconds(20)).until(() -> north.get(path).statusCode() == 200);

    var request =
        north
            .request(path)
            .header(
                "Accept",
                "multipart/related; type=\"application/dicom\"; transfer-syntax="
                    + Uids.ImplicitVrLittleEndian)
            .build();

    assertThatThrownBy(() -> north.exchangeBytes(request)).isInstanceOf(UncheckedIOException.class);
  }

  /** Said to be JPEG-LS, which it is not. */
  private byte[] damaged() throws IOException {
    byte[] good = partTen(Uid.create().value(), 1);
    Dataset image =
        DicomReader.readPart10(new ByteArrayInputStream(good), ReadOptions.inMemory(1 << 20))
            .dataset()
            .toBuilder()
            .encapsulated(List.of(new byte[0], new byte[1000]))
            .build();
    var bytes = new ByteArrayOutputStream();
    TransferSyntax syntax = TransferSyntax.of(Uids.JpegLsLossless);
    DicomWriter.writePart10(
        bytes,
        DicomWriter.fileMeta(
            SopClassUid.of(Uids.SecondaryCaptureImageStorage),
            SopInstanceUid.of(image.string(Tag.SOPInstanceUID, "")),
            syntax.transferSyntaxUid()),
        syntax,
        image,
        BulkSource.NONE);
    return bytes.toByteArray();
  }

  @Test
  void is_for_clinics_with_a_session_and_a_token() throws IOException {
    byte[] body = parts(List.of(partTen(Uid.create().value(), 1)));

    assertThat(store(new WebClient(port), "", RELATED, "*/*", body).statusCode()).isIn(401, 403);
    assertThat(store(signedIn("streader"), "", RELATED, "*/*", body).statusCode()).isEqualTo(403);
    HttpResponse<String> withoutToken =
        north.exchange(
            north
                .request("/dicomweb/studies")
                .header("Content-Type", RELATED)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    assertThat(withoutToken.statusCode()).isEqualTo(403);
  }
}
