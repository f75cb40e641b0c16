package org.heliograph.reader.dicomweb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.pixel.DecodeLimits;
import org.heliograph.dicom.pixel.FrameReader;
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

@HubTest
class DicomWebIT {
  private static final String STORED =
      "multipart/related; type=\"application/octet-stream\"; transfer-syntax=*";

  @LocalServerPort private int port;
  @Autowired private People people;
  @Autowired private Sites sites;
  @Autowired private JdbcClient sql;
  @Autowired private Archive archive;

  private final String study = Uid.create().value();
  private final String series = Uid.create().value();
  private final String instance = Uid.create().value();
  private final byte[] pixels = new byte[2 * 64 * 80 * 2];
  private WebClient nurse;
  private WebClient stranger;

  @BeforeEach
  void two_clinics_and_a_study_of_the_first() throws IOException {
    var north = TestPeople.site(sites, "dwnorth");
    var south = TestPeople.site(sites, "dwsouth");
    TestPeople.person(people, "dwnurse", Role.CLINIC, null, north.id());
    TestPeople.person(people, "dwstranger", Role.CLINIC, null, south.id());
    nurse = signedIn("dwnurse");
    stranger = signedIn("dwstranger");
    new Random(7).nextBytes(pixels);
    IngestResult result =
        archive
            .ingest()
            .ingest(
                new Incoming(
                    north.id(),
                    "dimse:TEST",
                    TransferSyntaxUid.of(Uids.ImplicitVrLittleEndian),
                    null,
                    null,
                    new ByteArrayInputStream(twoFrames())));
    assertThat(result).isInstanceOf(IngestResult.Stored.class);
    HttpResponse<String> created =
        nurse.post(
            "/api/cases",
            """
            {"patient":{"familyName":"Okoro","givenName":"Ada","id":"P1","sex":"F"},
             "request":{"specialty":"RADIOLOGY","urgency":"ROUTINE","bodyPart":"CHEST",
                        "question":"Why?","expectXray":true}}
            """);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    UUID caseId = UUID.fromString(WebClient.json(created).path("id").asString());
    sql.sql(
            """
            insert into reading.case_study (study_instance_uid, case_id, origin, linked_at)
            values (:study, :case, 'SENT', now()) on conflict do nothing
            """)
        .param("study", study)
        .param("case", caseId)
        .update();
  }

  private WebClient signedIn(String login) {
    var web = new WebClient(port);
    assertThat(web.signIn(login, TestPeople.PASSWORD).statusCode()).isEqualTo(200);
    return web;
  }

  private byte[] twoFrames() throws IOException {
    Dataset image =
        Dataset.builder()
            .string(Tag.SOPClassUID, Uids.MultiFrameGrayscaleWordSecondaryCaptureImageStorage)
            .string(Tag.SOPInstanceUID, instance)
            .string(Tag.StudyInstanceUID, study)
            .string(Tag.SeriesInstanceUID, series)
            .string(Tag.PatientName, "Okoro^Ada")
            .string(Tag.PatientID, "P1")
            .string(Tag.StudyDate, "20260304")
            .string(Tag.Modality, "OT")
            .string(Tag.NumberOfFrames, "2")
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
    DicomWriter.writeDataset(
        bytes, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, image, BulkSource.NONE);
    return bytes.toByteArray();
  }

  @Test
  void finds_the_study_its_series_and_its_instances() {
    var studies = json(nurse, "/studies?StudyInstanceUID=" + study + "&PatientName=okoro*");
    var allSeries = json(nurse, "/studies/" + study + "/series");
    var instances =
        json(
            nurse,
            "/studies/" + study + "/series/" + series + "/instances?includefield=BitsStored");

    assertThat(studies.size()).isEqualTo(1);
    assertThat(studies.path(0).path("00201208").path("Value").path(0).asInt()).isEqualTo(1);
    assertThat(studies.path(0).path("00081190").path("Value").path(0).asString())
        .isEqualTo("http://127.0.0.1:" + port + "/dicomweb/studies/" + study);
    assertThat(allSeries.path(0).path("0020000E").path("Value").path(0).asString())
        .isEqualTo(series);
    assertThat(instances.path(0).path("00080018").path("Value").path(0).asString())
        .isEqualTo(instance);
    assertThat(instances.path(0).path("00280101").path("Value").path(0).asInt()).isEqualTo(16);
  }

  @Test
  void gives_metadata_without_pixels_but_with_their_address() {
    var metadata = json(nurse, path() + "/metadata").path(0);

    assertThat(metadata.path("00280010").path("Value").path(0).asInt()).isEqualTo(64);
    String uri = metadata.path("7FE00010").path("BulkDataURI").asString();
    assertThat(uri).startsWith("http://127.0.0.1:" + port + "/dicomweb" + path() + "/bulkdata/");
    HttpResponse<byte[]> bulk = get(nurse, uri.substring(uri.indexOf("/studies")), "*/*");
    assertThat(bulk.body()).isEqualTo(pixels);
  }

  @Test
  void gives_frames_as_stored_in_parts() {
    HttpResponse<byte[]> answer = get(nurse, path() + "/frames/2", STORED);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("multipart/related; type=\"application/octet-stream\"; boundary=");
    String text = new String(answer.body(), StandardCharsets.ISO_8859_1);
    assertThat(text).contains("transfer-syntax=" + Uids.ImplicitVrLittleEndian);
    int start = text.indexOf("\r\n\r\n") + 4;
    assertThat(Arrays.copyOfRange(answer.body(), start, start + pixels.length / 2))
        .isEqualTo(Arrays.copyOfRange(pixels, pixels.length / 2, pixels.length));
  }

  @Test
  void gives_one_frame_without_parts() {
    HttpResponse<byte[]> answer = get(nurse, path() + "/frames/1", "application/octet-stream");

    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .isEqualTo("application/octet-stream; transfer-syntax=" + Uids.ExplicitVrLittleEndian);
    assertThat(answer.body()).isEqualTo(Arrays.copyOf(pixels, pixels.length / 2));
  }

  @Test
  void gives_instances_in_other_transfer_syntaxes_with_the_same_pixels() throws IOException {
    for (String syntax :
        new String[] {Uids.ExplicitVrLittleEndian, Uids.RleLossless, "1.2.840.10008.1.2.4.80"}) {
      HttpResponse<byte[]> one = get(nurse, path(), "application/dicom; transfer-syntax=" + syntax);

      assertThat(one.statusCode()).isEqualTo(200);
      assertThat(one.headers().firstValue("Content-Type").orElse(""))
          .isEqualTo("application/dicom; transfer-syntax=" + syntax);
      ParsedObject read =
          DicomReader.readPart10(
              new ByteArrayInputStream(one.body()), ReadOptions.inMemory(1 << 20));
      assertThat(read.transferSyntax().uid()).isEqualTo(syntax);
      FrameReader frames =
          FrameReader.of(
              read, (offset, length) -> part(one.body(), offset, length), DecodeLimits.defaults());
      assertThat(frames.stored(1).cells())
          .isEqualTo(Arrays.copyOfRange(pixels, pixels.length / 2, pixels.length));
    }
    HttpResponse<byte[]> usual =
        get(nurse, "/studies/" + study, "multipart/related; type=\"application/dicom\"");
    assertThat(new String(usual.body(), StandardCharsets.ISO_8859_1))
        .contains("application/dicom; transfer-syntax=" + Uids.ExplicitVrLittleEndian + "\r\n");
    HttpResponse<byte[]> stored = get(nurse, path(), "application/dicom; transfer-syntax=*");
    assertThat(stored.headers().firstValue("Content-Type").orElse(""))
        .endsWith("=" + Uids.ImplicitVrLittleEndian);
  }

  private static InputStream part(byte[] bytes, long offset, long length) {
    return new ByteArrayInputStream(bytes, (int) offset, (int) length);
  }

  @Test
  void gives_lists_of_frames_also_encoded_anew() throws IOException {
    String accept = "multipart/related; type=\"image/jls\"";
    HttpResponse<byte[]> answer = get(nurse, path() + "/frames/2,1,2", accept);

    assertThat(answer.statusCode()).isEqualTo(200);
    var reader =
        new MultipartReader(
            new ByteArrayInputStream(answer.body()),
            ContentType.parse(answer.headers().firstValue("Content-Type").orElse(""))
                .parameter("boundary"),
            MultipartLimits.INSTANCES);
    List<byte[]> frames = new ArrayList<>();
    for (var part = reader.next(); part != null; part = reader.next()) {
      assertThat(part.contentType().type()).isEqualTo("image/jls");
      assertThat(part.contentType().parameter("transfer-syntax"))
          .isEqualTo("1.2.840.10008.1.2.4.80");
      frames.add(part.body().readAllBytes());
    }
    assertThat(frames).hasSize(3);
    assertThat(frames.get(0)).isEqualTo(frames.get(2)).isNotEqualTo(frames.get(1));
    assertThat(get(nurse, path() + "/frames", STORED).body().length).isGreaterThan(pixels.length);
    assertThat(get(nurse, path() + "/frames/1", "image/jls").body()).isEqualTo(frames.get(1));
  }

  @Test
  void gives_ranges_of_bulk_data() {
    String uri =
        json(nurse, path() + "/metadata").path(0).path("7FE00010").path("BulkDataURI").asString();
    String at = uri.substring(uri.indexOf("/studies"));

    HttpResponse<byte[]> middle = range(at, "bytes=100-199");
    HttpResponse<byte[]> end = range(at, "bytes=-10");
    HttpResponse<byte[]> beyond = range(at, "bytes=" + pixels.length + "-");

    assertThat(middle.statusCode()).isEqualTo(206);
    assertThat(middle.headers().firstValue("Content-Range"))
        .contains("bytes 100-199/" + pixels.length);
    assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(pixels, 100, 200));
    assertThat(end.body()).isEqualTo(Arrays.copyOfRange(pixels, pixels.length - 10, pixels.length));
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(range(at, "bytes=0-1,4-5").statusCode()).isEqualTo(200);
    assertThat(range(path() + "/bulkdata/0-999999999", "bytes=0-1").statusCode()).isEqualTo(404);
  }

  private HttpResponse<byte[]> range(String path, String range) {
    return nurse.exchangeBytes(
        nurse.request("/dicomweb" + path).header("Accept", "*/*").header("Range", range).build());
  }

  @Test
  void gives_metadata_as_xml_and_json_compressed() throws Exception {
    HttpResponse<byte[]> xml =
        get(nurse, path() + "/metadata", "multipart/related; type=\"application/dicom+xml\"");
    var reader =
        new MultipartReader(
            new ByteArrayInputStream(xml.body()),
            ContentType.parse(xml.headers().firstValue("Content-Type").orElse(""))
                .parameter("boundary"),
            MultipartLimits.INSTANCES);
    var part = requireNonNull(reader.next());
    String document = new String(part.body().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(document).contains("/bulkdata/");
    assertThat(DicomXml.read(document).string(Tag.SOPInstanceUID, "")).isEqualTo(instance);
    assertThat(reader.next()).isNull();

    HttpResponse<byte[]> zipped =
        nurse.exchangeBytes(
            nurse
                .request("/dicomweb" + path() + "/metadata")
                .header("Accept", "application/dicom+json")
                .header("Accept-Encoding", "gzip")
                .build());
    assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(
            new String(
                new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes(),
                StandardCharsets.UTF_8))
        .contains(instance);
  }

  @Test
  void answers_head_as_get_without_the_body() {
    HttpResponse<byte[]> get = get(nurse, path(), "application/dicom; transfer-syntax=*");
    HttpResponse<byte[]> head =
        nurse.exchangeBytes(
            nurse
                .request("/dicomweb" + path())
                .header("Accept", "application/dicom; transfer-syntax=*")
                .HEAD()
                .build());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String name : new String[] {"Content-Type", "Content-Length", "ETag", "Last-Modified"}) {
      assertThat(head.headers().firstValue(name))
          .as(name)
          .isPresent()
          .isEqualTo(get.headers().firstValue(name));
    }
  }

  @Test
  void refuses_encodings_it_does_not_have_and_frames_that_are_not_there() {
    assertThat(get(nurse, path() + "/frames/1", "image/jp2").statusCode()).isEqualTo(406);
    assertThat(
            get(nurse, path(), "application/dicom; transfer-syntax=1.2.840.10008.1.2.4.90")
                .statusCode())
        .isEqualTo(406);
    assertThat(get(nurse, path() + "/frames/3", STORED).statusCode()).isEqualTo(404);
    assertThat(get(nurse, path() + "/frames/0", STORED).statusCode()).isEqualTo(404);
    assertThat(get(nurse, path() + "/frames/x", STORED).statusCode()).isEqualTo(404);
    assertThat(get(nurse, path() + "/bulkdata/0-999999999", "*/*").statusCode()).isEqualTo(404);
    assertThat(get(nurse, "/studies?NoSuchKeyword=1", "*/*").statusCode()).isEqualTo(400);
  }

  @Test
  void gives_the_whole_instance_and_the_whole_study() {
    HttpResponse<byte[]> one = get(nurse, path(), "application/dicom");
    HttpResponse<byte[]> all =
        get(nurse, "/studies/" + study, "multipart/related; type=\"application/dicom\"");

    assertThat(Arrays.copyOfRange(one.body(), 128, 132)).asString().isEqualTo("DICM");
    assertThat(all.headers().firstValue("Content-Type").orElse(""))
        .startsWith("multipart/related; type=\"application/dicom\"");
    assertThat(new String(all.body(), StandardCharsets.ISO_8859_1))
        .contains(new String(one.body(), StandardCharsets.ISO_8859_1));
  }

  @Test
  void renders_a_picture_and_a_thumbnail() throws IOException {
    HttpResponse<byte[]> rendered =
        get(nurse, path() + "/rendered?window=32768,65536&viewport=40,40", "image/jpeg");
    HttpResponse<byte[]> frame = get(nurse, path() + "/frames/2/rendered", "image/png");
    HttpResponse<byte[]> thumbnail = get(nurse, path() + "/thumbnail", "image/*");

    assertThat(rendered.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(ImageIO.read(new ByteArrayInputStream(rendered.body())).getWidth()).isEqualTo(40);
    assertThat(frame.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(thumbnail.statusCode()).isEqualTo(200);
    assertThat(get(nurse, path() + "/rendered?window=a,b", "image/jpeg").statusCode())
        .isEqualTo(400);
  }

  @Test
  void shows_thumbnails_of_every_level_and_keeps_to_quality_and_annotation() throws IOException {
    for (String what :
        new String[] {
          "/studies/" + study, "/studies/" + study + "/series/" + series, path() + "/frames/2"
        }) {
      HttpResponse<byte[]> thumbnail = get(nurse, what + "/thumbnail?viewport=32,32", "image/png");
      assertThat(thumbnail.headers().firstValue("Content-Type")).contains("image/png");
      assertThat(ImageIO.read(new ByteArrayInputStream(thumbnail.body())).getWidth()).isEqualTo(32);
    }
    HttpResponse<byte[]> poor = get(nurse, path() + "/rendered?quality=5", "image/jpeg");
    HttpResponse<byte[]> fine =
        get(nurse, path() + "/rendered?quality=95&annotation=patient", "image/jpeg");
    assertThat(poor.body().length).isLessThan(fine.body().length / 2);
    for (String wrong : new String[] {"quality=0", "quality=x", "annotation=x", "viewport=9"}) {
      assertThat(get(nurse, path() + "/rendered?" + wrong, "image/jpeg").statusCode())
          .as(wrong)
          .isEqualTo(400);
    }
  }

  @Test
  void renders_whole_studies_and_series_in_parts() throws IOException {
    String parts = "multipart/related; type=\"image/png\"";
    for (String what :
        new String[] {
          "/studies/" + study,
          "/studies/" + study + "/series/" + series,
          path(),
          path() + "/frames/1,2"
        }) {
      HttpResponse<byte[]> rendered = get(nurse, what + "/rendered?viewport=20,20", parts);
      assertThat(rendered.statusCode()).as(what).isEqualTo(200);
      assertThat(rendered.headers().firstValue("Content-Type").orElse(""))
          .startsWith("multipart/related; type=\"image/png\"");
      String body = new String(rendered.body(), StandardCharsets.ISO_8859_1);
      assertThat(body.split("Content-Type: image/png", -1)).as(what).hasSize(3);
      String tag = rendered.headers().firstValue("ETag").orElseThrow();
      HttpResponse<byte[]> again =
          nurse.exchangeBytes(
              nurse
                  .request("/dicomweb" + what + "/rendered?viewport=20,20")
                  .header("Accept", parts)
                  .header("If-None-Match", tag)
                  .build());
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(get(stranger, what + "/rendered", parts).statusCode()).isEqualTo(404);
    }
    assertThat(get(nurse, path() + "/frames/1,2/rendered", "image/png").statusCode())
        .as("two pictures are no single one")
        .isEqualTo(406);
    assertThat(get(nurse, path() + "/frames/1,3/rendered", parts).statusCode()).isEqualTo(404);
    assertThat(get(nurse, path() + "/rendered", "text/html").statusCode()).isEqualTo(406);
  }

  @Test
  void shows_a_region_of_a_picture_also_mirrored() throws IOException {
    BufferedImage whole = picture(path() + "/rendered");
    BufferedImage part = picture(path() + "/rendered?viewport=100,100,10,20,30,24");
    BufferedImage mirrored = picture(path() + "/rendered?viewport=100,100,10,20,-30,24");
    BufferedImage upsideDown = picture(path() + "/rendered?viewport=100,100,10,20,30,-24");
    BufferedImage rest = picture(path() + "/rendered?viewport=100,100,60,,,");
    BufferedImage smaller = picture(path() + "/rendered?viewport=15,15,10,20,30,24");
    BufferedImage ofWado =
        picture(
            "/wado?requestType=WADO&contentType=image/png&studyUID="
                + study
                + "&seriesUID="
                + series
                + "&objectUID="
                + instance
                + "&region=0.125,0.3125,0.5,0.6875");

    assertThat(part.getWidth()).isEqualTo(30);
    assertThat(part.getHeight()).isEqualTo(24);
    for (int y = 0; y < 24; y++) {
      for (int x = 0; x < 30; x++) {
        int expected = whole.getRGB(10 + x, 20 + y);
        assertThat(part.getRGB(x, y)).isEqualTo(expected);
        assertThat(mirrored.getRGB(29 - x, y)).isEqualTo(expected);
        assertThat(upsideDown.getRGB(x, 23 - y)).isEqualTo(expected);
        assertThat(ofWado.getRGB(x, y)).isEqualTo(expected);
      }
    }
    assertThat(rest.getWidth()).isEqualTo(20);
    assertThat(rest.getHeight()).isEqualTo(64);
    assertThat(smaller.getWidth()).isEqualTo(15);
    assertThat(smaller.getHeight()).isEqualTo(12);
    for (String wrong :
        new String[] {"9,9,80,0", "9,9,0,0,0,5", "9,9,x", "9,9,1,1,1,1,1", "9,9,1e3", "9"}) {
      assertThat(get(nurse, path() + "/rendered?viewport=" + wrong, "image/png").statusCode())
          .as(wrong)
          .isEqualTo(400);
    }
  }

  private BufferedImage picture(String path) throws IOException {
    HttpResponse<byte[]> answer = get(nurse, path, "image/png");
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return ImageIO.read(new ByteArrayInputStream(answer.body()));
  }

  @Test
  void answers_wado_uri() throws IOException {
    String uids = "studyUID=" + study + "&seriesUID=" + series + "&objectUID=" + instance;
    String at = "/wado?requestType=WADO&" + uids;

    HttpResponse<byte[]> picture = get(nurse, at, "*/*");
    HttpResponse<byte[]> png =
        get(
            nurse,
            at
                + "&contentType=image/png&frameNumber=2&rows=30&columns=30"
                + "&windowCenter=32768&windowWidth=65536",
            "*/*");
    HttpResponse<byte[]> file =
        get(nurse, at + "&contentType=application/dicom&transferSyntax=*", "*/*");
    HttpResponse<byte[]> rle =
        get(nurse, at + "&contentType=application/dicom&transferSyntax=" + Uids.RleLossless, "*/*");

    assertThat(picture.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(ImageIO.read(new ByteArrayInputStream(png.body())).getWidth()).isEqualTo(30);
    assertThat(file.body())
        .isEqualTo(get(nurse, path(), "application/dicom; transfer-syntax=*").body());
    assertThat(rle.headers().firstValue("Content-Type").orElse("")).endsWith(Uids.RleLossless);
    for (String wrong :
        new String[] {
          "/wado?requestType=X&" + uids,
          "/wado?" + uids,
          "/wado?requestType=WADO&studyUID=" + study,
          at + "&windowCenter=1",
          at + "&rows=0",
          at + "&frameNumber=x",
          at + "&region=0,0,1",
          at + "&region=0.5,0,0.4,1",
          at + "&region=0,0,1,1.5",
          at + "&anonymize=yes"
        }) {
      assertThat(get(nurse, wrong, "*/*").statusCode()).as(wrong).isEqualTo(400);
    }
    assertThat(get(nurse, at + "&frameNumber=3", "*/*").statusCode()).isEqualTo(404);
    assertThat(get(nurse, at + "&contentType=text/html", "*/*").statusCode()).isEqualTo(406);
    assertThat(get(stranger, at, "*/*").statusCode()).isEqualTo(404);
    assertThat(get(new WebClient(port), at, "*/*").statusCode()).isEqualTo(401);
  }

  @Test
  void tells_a_browser_that_nothing_changed() {
    HttpResponse<byte[]> first = get(nurse, path() + "/metadata", "*/*");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<byte[]> second =
        nurse.exchangeBytes(
            nurse
                .request("/dicomweb" + path() + "/metadata")
                .header("Accept", "*/*")
                .header("If-None-Match", tag)
                .build());

    assertThat(second.statusCode()).isEqualTo(304);
  }

  @Test
  void shows_nothing_to_another_clinic_nor_without_a_session() {
    for (String what :
        new String[] {
          "",
          "/metadata",
          "/frames/1",
          "/rendered",
          "/thumbnail",
          "/frames/1/rendered",
          "/bulkdata/0-8"
        }) {
      assertThat(get(stranger, path() + what, "*/*").statusCode()).as(what).isEqualTo(404);
      assertThat(get(new WebClient(port), path() + what, "*/*").statusCode())
          .as(what)
          .isEqualTo(401);
    }
    assertThat(get(stranger, "/studies/" + study, "*/*").statusCode()).isEqualTo(404);
    for (String search :
        new String[] {
          "/studies", "/studies/" + study + "/series", "/instances?SOPInstanceUID=" + instance
        }) {
      assertThat(get(stranger, search, "*/*").statusCode()).as(search).isEqualTo(204);
    }
  }

  @Test
  void leaves_a_line_on_the_audit_trail_for_each_access() {
    long before = auditLines();

    get(nurse, path() + "/frames/1", STORED);
    get(nurse, path() + "/metadata", "*/*");

    assertThat(auditLines()).isEqualTo(before + 2);
  }

  private long auditLines() {
    return sql.sql(
            "select count(*) from reading.audit_event where object_kind = 'study' and object_id ="
                + " ?")
        .param(study)
        .query(Long.class)
        .single();
  }

  private String path() {
    return "/studies/" + study + "/series/" + series + "/instances/" + instance;
  }

  private static HttpResponse<byte[]> get(WebClient web, String path, String accept) {
    return web.exchangeBytes(web.request("/dicomweb" + path).header("Accept", accept).build());
  }

  private static tools.jackson.databind.JsonNode json(WebClient web, String path) {
    HttpResponse<String> answer =
        web.exchange(
            web.request("/dicomweb" + path).header("Accept", "application/dicom+json").build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return WebClient.json(answer);
  }
}
