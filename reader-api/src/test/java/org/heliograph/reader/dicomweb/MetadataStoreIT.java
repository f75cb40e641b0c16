package org.heliograph.reader.dicomweb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import javax.imageio.ImageIO;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.json.DicomJson;
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
import tools.jackson.databind.JsonNode;

/** STOW-RS of metadata in JSON or XML, with their bulk data. */
@HubTest
class MetadataStoreIT {
  private static final String JSON = "application/dicom+json";
  private static final String XML = "application/dicom+xml";
  private static final String OCTETS = "application/octet-stream";

  @LocalServerPort private int port;
  @Autowired private People people;
  @Autowired private Sites sites;

  private final String study = Uid.create().value();
  private final String series = Uid.create().value();
  private final byte[] pixels = new byte[2 * 64 * 80];
  private WebClient web;

  @BeforeEach
  void a_clinic() {
    new Random(5).nextBytes(pixels);
    TestPeople.person(people, "mdnorth", Role.CLINIC, null, TestPeople.site(sites, "mdnorth").id());
    web = new WebClient(port);
    assertThat(web.signIn("mdnorth", TestPeople.PASSWORD).statusCode()).isEqualTo(200);
  }

  private Dataset.Builder image(String instance, int bits) {
    return Dataset.builder()
        .string(Tag.SpecificCharacterSet, "ISO_IR 192")
        .string(Tag.SOPClassUID, Uids.SecondaryCaptureImageStorage)
        .string(Tag.SOPInstanceUID, instance)
        .string(Tag.StudyInstanceUID, study)
        .string(Tag.SeriesInstanceUID, series)
        .string(Tag.PatientName, "Müller^Jörg=山田^太郎")
        .string(Tag.PatientID, "MD1")
        .string(Tag.Modality, "OT")
        .integer(Tag.SamplesPerPixel, 1)
        .string(Tag.PhotometricInterpretation, "MONOCHROME2")
        .integer(Tag.Rows, 64)
        .integer(Tag.Columns, 80)
        .integer(Tag.BitsAllocated, bits)
        .integer(Tag.BitsStored, bits)
        .integer(Tag.HighBit, bits - 1)
        .integer(Tag.PixelRepresentation, 0);
  }

  private Dataset wide(String instance) {
    return image(instance, 16).bytes(Tag.PixelData, Vr.OW, pixels).build();
  }

  private static String json(Dataset dataset, String pixelUri) {
    return DicomJson.write(dataset, e -> e.tag() == Tag.PixelData ? pixelUri : null);
  }

  private HttpResponse<String> store(String root, StowBody body) {
    return web.exchange(
        web.request("/dicomweb/studies")
            .header("Content-Type", StowBody.contentType(root))
            .header("Accept", JSON)
            .header("X-XSRF-TOKEN", web.cookie("XSRF-TOKEN").orElse(""))
            .POST(BodyPublishers.ofByteArray(body.end()))
            .build());
  }

  private ParsedObject stored(String instance) throws IOException {
    String path = "/dicomweb/studies/" + study + "/series/" + series + "/instances/" + instance;
    HttpResponse<byte[]> back =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () ->
                    web.exchangeBytes(
                        web.request(path)
                            .header("Accept", "application/dicom; transfer-syntax=*")
                            .build()),
                got -> got.statusCode() == 200);
    return DicomReader.readPart10(
        new ByteArrayInputStream(back.body()), ReadOptions.inMemory(1 << 20));
  }

  private static byte[] jpeg() throws IOException {
    var image = new BufferedImage(80, 64, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(3, 3, 0, 200);
    var bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "jpeg", bytes)).isTrue();
    return bytes.toByteArray();
  }

  @Test
  void puts_instances_together_from_json_and_bulk_data() throws IOException {
    String plain = Uid.create().value();
    String inline = Uid.create().value();
    String compressed = Uid.create().value();
    byte[] jpeg = jpeg();
    String metadata =
        "[ "
            + json(wide(plain), "bulk/1")
            + ",\n"
            + DicomJson.write(
                wide(inline).toBuilder()
                    .string(Tag.AvailableTransferSyntaxUID, Uids.ExplicitVrLittleEndian)
                    .build(),
                e -> null)
            + ","
            + json(image(compressed, 8).bytes(Tag.PixelData, Vr.OB, new byte[2]).build(), "urn:p:2")
            + "]\n";

    HttpResponse<String> answer =
        store(
            JSON,
            new StowBody()
                .part(JSON + "; charset=utf-8", metadata.getBytes(UTF_8))
                .part(OCTETS, "http://127.0.0.1:" + port + "/dicomweb/studies/bulk/1", pixels)
                .part("image/jpeg", "urn:p:2", jpeg));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(WebClient.json(answer).path("00081199").path("Value").size()).isEqualTo(3);
    assertThat(stored(plain).dataset()).isEqualTo(wide(plain));
    assertThat(stored(inline).dataset()).isEqualTo(wide(inline));
    ParsedObject back = stored(compressed);
    assertThat(back.transferSyntax().uid()).isEqualTo("1.2.840.10008.1.2.4.50");
    assertThat(back.dataset().get(Tag.PixelData)).containsInstanceOf(EncapsulatedElement.class);
    HttpResponse<byte[]> frame =
        web.exchangeBytes(
            web.request(
                    "/dicomweb/studies/%s/series/%s/instances/%s/frames/1"
                        .formatted(study, series, compressed))
                .header("Accept", "image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.50")
                .build());
    assertThat(frame.statusCode()).isEqualTo(200);
    assertThat(frame.body()).startsWith(jpeg);
  }

  @Test
  void puts_instances_together_from_xml_whatever_comes_first() throws IOException {
    String one = Uid.create().value();
    String two = Uid.create().value();
    String uuid = "urn:uuid:1b671a64-40d5-491e-99b0-da01ff1f3341";

    HttpResponse<String> answer =
        store(
            XML,
            new StowBody()
                .part(OCTETS, uuid, pixels)
                .part(XML, DicomXml.write(wide(one), e -> uuid).getBytes(UTF_8))
                .part(XML, DicomXml.write(wide(two), e -> null).getBytes(UTF_8)));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(stored(one).dataset()).isEqualTo(wide(one));
    assertThat(stored(two).dataset()).isEqualTo(wide(two));
  }

  @Test
  void what_is_missing_doubled_short_or_of_no_use_is_told() {
    String good = Uid.create().value();
    String without = Uid.create().value();
    String twice = Uid.create().value();
    String tooShort = Uid.create().value();
    String metadata =
        "[%s,%s,%s,%s,{\"00080018\":{\"vr\":\"XX\"}}]"
            .formatted(
                json(wide(good), "good"),
                json(wide(without), "nowhere"),
                json(wide(twice), "twice"),
                json(wide(tooShort), "short"));

    HttpResponse<String> answer =
        store(
            JSON,
            new StowBody()
                .part(JSON, metadata.getBytes(UTF_8))
                .part(OCTETS, "good", pixels)
                .part(OCTETS, "twice", pixels)
                .part(OCTETS, "twice", pixels)
                .part(OCTETS, "short", new byte[100])
                .part(OCTETS, "unused", pixels));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode told = WebClient.json(answer);
    assertThat(told.at("/00081199/Value/0/00081155/Value/0").asString()).isEqualTo(good);
    JsonNode failed = told.path("00081198").path("Value");
    assertThat(failed.size()).isEqualTo(3);
    for (JsonNode item : failed) {
      assertThat(item.at("/00081155/Value/0").asString()).isIn(without, twice, tooShort);
      assertThat(item.at("/00081197/Value/0").asInt()).isEqualTo(0xC000);
    }
    assertThat(told.path("0008119A").path("Value").size()).as("unreadable, unused").isEqualTo(2);
  }

  @Test
  void refuses_what_is_no_metadata() {
    String doctype =
        "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><NativeDicomModel>&e;"
            + "</NativeDicomModel>";
    assertThat(store(XML, new StowBody().part(XML, doctype.getBytes(UTF_8))).statusCode())
        .isEqualTo(409);
    for (String bad : new String[] {"", "[", "[1]", "{}{}", "[{},]", "[{}", "[\"", "[[{}]]"}) {
      HttpResponse<String> answer = store(JSON, new StowBody().part(JSON, bad.getBytes(UTF_8)));
      assertThat(answer.statusCode()).as(bad + answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("TR-0320");
    }
    assertThat(
            store(JSON, new StowBody().part(JSON, "[{\"x\":\"ä\"}]".getBytes(ISO_8859_1))).body())
        .contains("TR-0320", "UTF-8");
    String long64 = "[{\"00080018\":" + "[".repeat(5_000) + "]";
    assertThat(store(JSON, new StowBody().part(JSON, long64.getBytes(UTF_8))).statusCode())
        .isEqualTo(400);
    String endless = "[{\"00100010\":\"" + "x".repeat(9 << 20);
    assertThat(store(JSON, new StowBody().part(JSON, endless.getBytes(UTF_8))).statusCode())
        .isEqualTo(413);
    assertThat(store(JSON, new StowBody().part(JSON, "[]".getBytes(UTF_8))).statusCode())
        .isEqualTo(400);
  }
}
