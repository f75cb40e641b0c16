package org.heliograph.reader.queryretrieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.net.dimse.DimseScp;
import org.heliograph.dicom.net.dimse.DimseServices;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.InformationModel;
import org.heliograph.dicom.net.dimse.QueryRetrieveScu;
import org.heliograph.dicom.net.ul.AssociationServer;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.sites.AeRight;
import org.heliograph.reader.sites.ApplicationEntities;
import org.heliograph.reader.sites.ApplicationEntity;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** What extended negotiation changes, and C-CANCEL, at the whole hub. */
@HubTest
class QueryNegotiationIT {
  private static final InformationModel MODEL = InformationModel.STUDY_ROOT;
  private static final byte[] RELATIONAL = {1};
  private static final byte[] COMBINED_DATE_TIME = {0, 1};
  private static final byte[] FUZZY_NAMES = {0, 0, 1};

  /** More in answers than all buffers on the way hold. */
  private static final int MANY = 120;

  private static final int TEXT_LENGTH = 60_000;

  @Autowired private Environment environment;
  @Autowired private Sites sites;
  @Autowired private ApplicationEntities entities;
  @Autowired private Archive archive;

  private final String patient = "QN" + UUID.randomUUID().toString().substring(0, 8);
  private final Uid study = Uid.create();
  private final Uid series = Uid.create();
  private UUID site = new UUID(0, 0);

  @BeforeEach
  void a_study() throws IOException {
    site = TestPeople.site(sites, "QNEAST").id();
    sites.addAeTitle("QNEAST", "NEGOTIATOR");
    store(1);
  }

  private boolean store(int number) throws IOException {
    Dataset slice =
        CtStudies.slice(study, series, number, 2)
            .string(Tag.PatientID, patient)
            .string(Tag.PatientName, "Nováková^Jana")
            .string(Tag.StudyDate, "20260304")
            .string(Tag.StudyTime, "230000")
            .text(Tag.TextValue, Vr.UT, "x".repeat(TEXT_LENGTH))
            .build();
    assertThat(
            archive
                .ingest()
                .ingest(
                    new Incoming(
                        site,
                        "dimse:TEST",
                        CtStudies.SYNTAX,
                        null,
                        null,
                        new ByteArrayInputStream(CtStudies.encode(slice)))))
        .isInstanceOf(IngestResult.Stored.class);
    return true;
  }

  @Test
  void fuzzy_names_are_matched_if_negotiated() throws Exception {
    Dataset keys = keys("STUDY").string(Tag.PatientName, "jana novak").build();

    assertThat(answers(keys)).isEqualTo("0 0000");
    assertThat(answers(keys, FUZZY_NAMES)).isEqualTo("1 0000");
  }

  @Test
  void date_and_time_are_one_moment_if_negotiated() throws Exception {
    Dataset keys =
        keys("STUDY")
            .string(Tag.StudyDate, "20260301-20260305")
            .string(Tag.StudyTime, "093000-110000")
            .build();

    assertThat(answers(keys)).isEqualTo("0 0000");
    assertThat(answers(keys, COMBINED_DATE_TIME)).isEqualTo("1 0000");
  }

  @Test
  void levels_may_be_left_out_if_negotiated() throws Exception {
    Dataset keys = keys("SERIES").string(Tag.Modality, "CT").build();

    assertThat(answers(keys)).isEqualTo("0 A900");
    assertThat(answers(keys, RELATIONAL)).isEqualTo("1 0000");
  }

  @Test
  void a_query_and_a_move_end_when_they_are_cancelled() throws Exception {
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      senders.invokeAll(
          IntStream.rangeClosed(2, MANY)
              .<Callable<Boolean>>mapToObj(number -> () -> store(number))
              .toList());
    }
    try (var scu = open()) {
      try (var results =
          scu.find(
              MODEL,
              Dataset.builder()
                  .string(Tag.QueryRetrieveLevel, "IMAGE")
                  .string(Tag.StudyInstanceUID, study.value())
                  .string(Tag.SeriesInstanceUID, series.value())
                  .empty(Tag.SOPInstanceUID)
                  .empty(Tag.TextValue)
                  .build())) {
        var first = Objects.requireNonNull(results.next());
        assertThat(first.identifier().string(Tag.TextValue, "")).hasSize(TEXT_LENGTH);
        results.cancel();
        int more = 0;
        while (results.next() != null) {
          more++;
        }
        assertThat(results.status().hex()).isEqualTo("FE00");
        assertThat(more).isLessThan(MANY - 1);
      }

      var received = new AtomicInteger();
      try (var destination = destination(received)) {
        sites.addAeTitle("QNEAST", "QNDEST");
        entities.set(
            new ApplicationEntity(
                "QNDEST", site, "127.0.0.1", destination.port(), false, Set.of(AeRight.RECEIVE)));
        var result =
            scu.move(
                MODEL,
                new AeTitle("QNDEST"),
                Dataset.builder()
                    .string(Tag.QueryRetrieveLevel, "STUDY")
                    .string(Tag.StudyInstanceUID, study.value())
                    .build(),
                _ -> QueryRetrieveScu.Next.CANCEL);

        assertThat(result.status().hex()).isEqualTo("FE00");
        assertThat(result.counts().remaining()).isPositive();
        assertThat(result.counts().completed()).isEqualTo(received.get()).isBetween(1, MANY - 1);
      }
    }
  }

  private static AssociationServer destination(AtomicInteger received) throws IOException {
    var services =
        DimseServices.builder()
            .store((request, dataset) -> {
              dataset.readAllBytes();
              received.incrementAndGet();
              return DimseStatus.SUCCESS;
            })
            .build();
    var settings = AssociationServer.Settings.defaults();
    return AssociationServer.start(
        settings, DimseScp.service(services, settings.maxPduLengthBytes()));
  }

  private Dataset.Builder keys(String level) {
    return Dataset.builder()
        .string(Tag.QueryRetrieveLevel, level)
        .string(Tag.PatientID, patient)
        .empty(Tag.StudyInstanceUID);
  }

  /** How many answers there were, and the status after them. */
  private String answers(Dataset keys, byte... negotiated) throws IOException {
    int count = 0;
    try (var scu = open(negotiated);
        var results = scu.find(MODEL, keys)) {
      while (results.next() != null) {
        count++;
      }
      return count + " " + results.status().hex();
    }
  }

  private QueryRetrieveScu open(byte... negotiated) throws IOException {
    var builder =
        QueryRetrieveScu.to(
                "127.0.0.1",
                Integer.parseInt(
                    Objects.requireNonNull(environment.getProperty("local.dicom.port"))),
                new AeTitle("NEGOTIATOR"),
                new AeTitle("HELIOGRAPH"))
            .proposeFind(MODEL)
            .proposeMove(MODEL);
    if (negotiated.length > 0) {
      builder.extended(MODEL.find().orElseThrow(), negotiated);
    }
    return builder.open();
  }
}
