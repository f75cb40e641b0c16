package org.heliograph.reader.queryretrieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.InformationModel;
import org.heliograph.dicom.net.dimse.QueryRetrieveScu;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions;
import org.heliograph.dicom.pixel.transcode.Transcoder;
import org.heliograph.dicom.pixel.transcode.Transcoding;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.sites.AeRight;
import org.heliograph.reader.sites.ApplicationEntities;
import org.heliograph.reader.sites.ApplicationEntity;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** C-FIND, C-MOVE and C-GET at the whole hub, by dcmtk and by Orthanc. */
@HubTest
class QueryRetrieveIT {
  @Autowired private Environment environment;
  @Autowired private Sites sites;
  @Autowired private ApplicationEntities entities;
  @Autowired private Archive archive;
  @TempDir private Path folder;

  private final String patient = "QR" + UUID.randomUUID().toString().substring(0, 8);
  private final Uid study = Uid.create();
  private final Uid series = Uid.create();
  private final Uid other = Uid.create();
  private UUID east = new UUID(0, 0);

  @BeforeEach
  void two_sites_and_two_studies() throws IOException {
    east = TestPeople.site(sites, "QREAST").id();
    UUID west = TestPeople.site(sites, "QRWEST").id();
    sites.addAeTitle("QREAST", "FINDER");
    sites.addAeTitle("QRWEST", "STRANGER");
    for (int number = 1; number <= 3; number++) {
      store(east, slice(study, series, number).build(), null);
    }
    store(
        east,
        slice(other, Uid.create(), 1)
            .string(Tag.PatientName, "Nováková^Jana=黒^娜")
            .string(Tag.StudyDate, "20260401")
            .string(Tag.Modality, "MR")
            .build(),
        Uids.JpegLsLossless);
    store(west, slice(Uid.create(), Uid.create(), 1).build(), null);
  }

  private Dataset.Builder slice(Uid studyUid, Uid seriesUid, int number) {
    return CtStudies.slice(studyUid, seriesUid, number, 16)
        .string(Tag.PatientID, patient)
        .string(Tag.PatientName, "Kamau^Wanjiru")
        .string(Tag.AccessionNumber, "ACC-" + patient)
        .string(Tag.StudyDate, "20260304")
        .string(Tag.StudyTime, "101500")
        .string(Tag.PatientAge, "040Y");
  }

  private void store(UUID site, Dataset dataset, @org.jspecify.annotations.Nullable String compress)
      throws IOException {
    byte[] bytes = CtStudies.encode(dataset);
    String syntax = Uids.ExplicitVrLittleEndian;
    if (compress != null) {
      var object =
          new ParsedObject(
              Dataset.empty(), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, dataset, List.of());
      try (Transcoding done =
          new Transcoder(TranscodeOptions.defaults())
              .transcode(object, BulkSource.NONE, TransferSyntax.of(compress))) {
        var out = new java.io.ByteArrayOutputStream();
        ((Transcoding.Transcoded) done).writeDataset(out);
        bytes = out.toByteArray();
      }
      syntax = compress;
    }
    IngestResult result =
        archive
            .ingest()
            .ingest(
                new Incoming(
                    site,
                    "dimse:TEST",
                    TransferSyntaxUid.of(syntax),
                    null,
                    null,
                    new ByteArrayInputStream(bytes)));
    assertThat(result).isInstanceOf(IngestResult.Stored.class);
  }

  @Test
  void findscu_finds_at_every_level_with_every_kind_of_key() throws Exception {
    PeerProgram.need("findscu");
    String id = "PatientID=" + patient;

    assertThat(found("-P", "PATIENT", id, "PatientName", "NumberOfPatientRelatedStudies"))
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.integer(Tag.NumberOfPatientRelatedStudies, 0)).isEqualTo(2);
          assertThat(answer.string(Tag.RetrieveAETitle, "")).isEqualTo(aeTitle());
        });
    assertThat(found("-S", "STUDY", id, "StudyInstanceUID", "ModalitiesInStudy")).hasSize(2);
    assertThat(found("-P", "STUDY", id, "StudyInstanceUID")).hasSize(2);
    assertThat(found("-S", "STUDY", id, "PatientName=kam*")).hasSize(1);
    assertThat(found("-S", "STUDY", id, "PatientName=KAMAU^WANJIR?")).hasSize(1);
    assertThat(found("-S", "STUDY", id, "StudyDate=20260401-")).hasSize(1);
    assertThat(found("-S", "STUDY", id, "StudyDate=20260301-20260331", "StudyTime=1000-1100"))
        .hasSize(1);
    assertThat(found("-S", "STUDY", id, "ModalitiesInStudy=MR")).hasSize(1);
    assertThat(found("-S", "STUDY", "AccessionNumber=ACC-" + patient)).hasSize(2);
    assertThat(found("-S", "STUDY", "StudyInstanceUID=" + study + "\\" + other, "PatientAge"))
        .hasSize(2)
        .allSatisfy(answer -> assertThat(answer.string(Tag.PatientAge, "")).isEqualTo("040Y"));
    assertThat(found("-S", "SERIES", "StudyInstanceUID=" + study, "SeriesInstanceUID", "Modality"))
        .singleElement()
        .satisfies(answer ->
            assertThat(answer.string(Tag.SeriesInstanceUID, "")).isEqualTo(series.value()));
    assertThat(
            found(
                "-S",
                "IMAGE",
                "StudyInstanceUID=" + study,
                "SeriesInstanceUID=" + series,
                "SOPInstanceUID",
                "InstanceNumber"))
        .hasSize(3);
    assertThat(found("-S", "STUDY", "StudyInstanceUID=" + other, "PatientName"))
        .singleElement()
        .satisfies(answer ->
            assertThat(answer.personName(Tag.PatientName).orElseThrow().ideographic().value())
                .isEqualTo("黒^娜"));
  }

  @Test
  void queries_that_the_model_does_not_know_are_refused() throws Exception {
    PeerProgram.need("findscu");

    assertThat(findscu("-S", "PATIENT", "PatientName")).contains("0xa900");
    assertThat(findscu("-S", "SERIES", "SeriesInstanceUID")).contains("0xa900");
    assertThat(findscu("-S", "STUDY", "StudyDate=noon")).contains("0xa900");
  }

  @Test
  void a_caller_sees_its_own_site_and_only_with_the_right_to() throws Exception {
    assertThat(query("STRANGER")).hasSize(1);
    assertThat(query("FINDER")).hasSize(2);

    entities.set(new ApplicationEntity("FINDER", east, null, null, false, Set.of(AeRight.STORE)));
    try (var scu = open("FINDER", InformationModel.STUDY_ROOT);
        var results = scu.find(InformationModel.STUDY_ROOT, keys())) {
      assertThat(results.next()).isNull();
      assertThat(results.status().code()).isEqualTo(DimseStatus.NOT_AUTHORIZED.code());
    } finally {
      entities.set(
          new ApplicationEntity(
              "FINDER",
              east,
              null,
              null,
              false,
              Set.of(AeRight.STORE, AeRight.QUERY, AeRight.RETRIEVE)));
    }
  }

  @Test
  void movescu_has_instances_sent_in_what_the_destination_takes() throws Exception {
    PeerProgram.need("movescu", "storescp");
    Path received = Files.createDirectories(folder.resolve("received"));
    int port = PeerProgram.freePort();
    sites.addAeTitle("QREAST", "RECEIVER");
    entities.set(
        new ApplicationEntity("RECEIVER", east, "127.0.0.1", port, false, Set.of(AeRight.RECEIVE)));
    Process storescp =
        PeerProgram.serve(
            port,
            folder.resolve("storescp.log"),
            "storescp",
            "+xi",
            "-od",
            received.toString(),
            "-aet",
            "RECEIVER",
            "" + port);
    try {
      String said =
          PeerProgram.run(
              "movescu",
              "-d",
              "-P",
              "-aet",
              "FINDER",
              "-aec",
              aeTitle(),
              "-aem",
              "RECEIVER",
              "-k",
              "QueryRetrieveLevel=PATIENT",
              "-k",
              "PatientID=" + patient,
              "127.0.0.1",
              "" + port());
      assertThat(said).contains("Completed Suboperations       : 4");
      assertThat(files(received)).hasSize(4);
      for (Path file : files(received)) {
        assertThat(read(file).transferSyntax().uid()).isEqualTo(Uids.ImplicitVrLittleEndian);
      }

      assertThat(
              PeerProgram.run(
                  "movescu",
                  "-d",
                  "-S",
                  "-aet",
                  "FINDER",
                  "-aec",
                  aeTitle(),
                  "-aem",
                  "NOBODY",
                  "-k",
                  "QueryRetrieveLevel=STUDY",
                  "-k",
                  "StudyInstanceUID=" + study,
                  "127.0.0.1",
                  "" + port()))
          .contains("a801");
      assertThat(
              PeerProgram.run(
                  "movescu",
                  "-d",
                  "-S",
                  "-aet",
                  "STRANGER",
                  "-aec",
                  aeTitle(),
                  "-aem",
                  "RECEIVER",
                  "-k",
                  "QueryRetrieveLevel=STUDY",
                  "-k",
                  "StudyInstanceUID=" + study,
                  "127.0.0.1",
                  "" + port()))
          .as("another site's study is no study")
          .doesNotContain("Completed Suboperations       : 3");
    } finally {
      storescp.destroy();
      storescp.waitFor();
    }
  }

  @Test
  void a_destination_that_is_away_is_told_with_the_failed_uids() throws Exception {
    int port = PeerProgram.freePort();
    sites.addAeTitle("QREAST", "AWAY");
    entities.set(
        new ApplicationEntity("AWAY", east, "127.0.0.1", port, false, Set.of(AeRight.RECEIVE)));
    try (var scu = open("FINDER", InformationModel.STUDY_ROOT)) {
      var result =
          scu.move(
              InformationModel.STUDY_ROOT,
              new AeTitle("AWAY"),
              Dataset.builder()
                  .string(Tag.QueryRetrieveLevel, "STUDY")
                  .string(Tag.StudyInstanceUID, study.value())
                  .build(),
              QueryRetrieveScu.Progress.IGNORED);

      assertThat(result.status().hex()).isEqualTo("A702");
      assertThat(result.counts().failed()).isEqualTo(3);
      assertThat(result.failed()).hasSize(3);
    }
  }

  @Test
  void getscu_takes_a_study_over_its_own_association() throws Exception {
    PeerProgram.need("getscu");
    Path got = Files.createDirectories(folder.resolve("got"));

    PeerProgram.run(
        "getscu",
        "-S",
        "-aet",
        "FINDER",
        "-aec",
        aeTitle(),
        "-od",
        got.toString(),
        "-k",
        "QueryRetrieveLevel=STUDY",
        "-k",
        "StudyInstanceUID=" + study,
        "127.0.0.1",
        "" + port());
    PeerProgram.run(
        "getscu",
        "-S",
        "-aet",
        "FINDER",
        "-aec",
        aeTitle(),
        "-od",
        got.toString(),
        "-k",
        "QueryRetrieveLevel=STUDY",
        "-k",
        "StudyInstanceUID=" + other,
        "127.0.0.1",
        "" + port());

    assertThat(files(got)).hasSize(4);
    assertThat(files(got))
        .allSatisfy(file -> assertThat(read(file).transferSyntax().encapsulated()).isFalse());
  }

  @Test
  void orthanc_queries_and_retrieves() throws Exception {
    PeerProgram.need("Orthanc");
    try (var orthanc = OrthancPeer.start(folder, aeTitle(), port())) {
      sites.addAeTitle("QREAST", OrthancPeer.AE_TITLE);
      entities.set(
          new ApplicationEntity(
              OrthancPeer.AE_TITLE,
              east,
              "127.0.0.1",
              orthanc.dicomPort(),
              false,
              Set.of(AeRight.QUERY, AeRight.RETRIEVE, AeRight.RECEIVE)));

      assertThat(orthanc.queryAndRetrieve(patient)).isEqualTo(2);
      assertThat(orthanc.instances()).isEqualTo(4);
    } finally {
      entities.remove(OrthancPeer.AE_TITLE); // other tests give it to other sites
    }
  }

  private List<Dataset> query(String caller) throws IOException {
    List<Dataset> answers = new ArrayList<>();
    try (var scu = open(caller, InformationModel.STUDY_ROOT);
        var results = scu.find(InformationModel.STUDY_ROOT, keys())) {
      for (var match = results.next(); match != null; match = results.next()) {
        answers.add(match.identifier());
      }
    }
    return answers;
  }

  private Dataset keys() {
    return Dataset.builder()
        .string(Tag.QueryRetrieveLevel, "STUDY")
        .string(Tag.PatientID, patient)
        .empty(Tag.StudyInstanceUID)
        .build();
  }

  private QueryRetrieveScu open(String caller, InformationModel model) throws IOException {
    return QueryRetrieveScu.to("127.0.0.1", port(), new AeTitle(caller), new AeTitle(aeTitle()))
        .proposeFind(model)
        .proposeMove(model)
        .open();
  }

  private List<Dataset> found(String model, String level, String... keys) throws Exception {
    Path answers = Files.createTempDirectory(folder, "find");
    String said = findscu(List.of("-X", "-od", answers.toString()), model, level, keys);
    List<Dataset> read = new ArrayList<>();
    for (Path file : files(answers)) {
      read.add(read(file).dataset());
    }
    assertThat(said).doesNotContain("0xa900");
    return read;
  }

  private String findscu(String model, String level, String... keys) throws Exception {
    return findscu(List.of(), model, level, keys);
  }

  private String findscu(List<String> options, String model, String level, String... keys)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of("findscu", "-d", model, "-aet", "FINDER", "-aec", aeTitle()));
    command.addAll(options);
    command.addAll(List.of("-k", "QueryRetrieveLevel=" + level));
    for (String key : keys) {
      command.addAll(List.of("-k", key));
    }
    command.addAll(List.of("127.0.0.1", "" + port()));
    return PeerProgram.run(command.toArray(String[]::new));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static ParsedObject read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return DicomReader.readPart10(in, ReadOptions.defaults());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private int port() {
    return Integer.parseInt(Objects.requireNonNull(environment.getProperty("local.dicom.port")));
  }

  private String aeTitle() {
    return Objects.requireNonNull(environment.getProperty("heliograph.ae-title"));
  }
}
