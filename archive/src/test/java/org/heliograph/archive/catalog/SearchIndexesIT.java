package org.heliograph.archive.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.heliograph.archive.Archive;
import org.heliograph.archive.TestDatabase;
import org.heliograph.dicom.data.Tag;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No search reads a whole table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchIndexesIT {
  private static final int STUDIES = 20_000;
  private static final String UID = "1.2.826.0.1.3680043.10.999.777";

  private HikariDataSource database;
  private Catalog catalog;

  @BeforeAll
  void fill() throws Exception {
    database = TestDatabase.create();
    Archive.migrate(database);
    SyntheticCatalog.fill(database, STUDIES);
    catalog = new Catalog(database);
  }

  @AfterAll
  void close() {
    database.close();
  }

  static Stream<Arguments> searches() {
    var study = QueryLevel.STUDY;
    return Stream.of(
        Arguments.of(search(study)),
        Arguments.of(search(study).match(Tag.PatientName, "abmith*")),
        Arguments.of(search(study).match(Tag.PatientName, "*mith*")),
        Arguments.of(search(study).match(Tag.PatientName, "*")),
        Arguments.of(search(study).match(Tag.PatientName, "no such^name")),
        Arguments.of(search(study).match(Tag.ReferringPhysicianName, "abbell*")),
        Arguments.of(search(study).match(Tag.PatientName, "vic").names(Search.NameMatching.FUZZY)),
        Arguments.of(search(study).match(Tag.PatientID, "P00007919")),
        Arguments.of(search(study).match(Tag.PatientID, "P0000*")),
        Arguments.of(search(study).match(Tag.PatientID, "*0791*")),
        Arguments.of(
            search(study).match(Tag.PatientID, "P00007919").match(Tag.IssuerOfPatientID, "CLINIC")),
        Arguments.of(search(study).match(Tag.PatientBirthDate, "19700101")),
        Arguments.of(search(study).match(Tag.PatientSex, "F")),
        Arguments.of(search(study).match(Tag.StudyInstanceUID, UID)),
        Arguments.of(search(study).match(Tag.StudyInstanceUID, UID + "\\" + UID + "1")),
        Arguments.of(search(study).match(Tag.StudyDate, "20200101-20200131")),
        Arguments.of(
            search(study)
                .match(Tag.StudyDate, "20200101-20200131")
                .match(Tag.ModalitiesInStudy, "CT")),
        Arguments.of(
            search(study)
                .match(Tag.StudyDate, "20200101-20200131")
                .match(Tag.StudyTime, "0800-0900")
                .match(Tag.TimezoneOffsetFromUTC, "+0100")),
        Arguments.of(search(study).match(Tag.ModalitiesInStudy, "OPT")),
        Arguments.of(search(study).match(Tag.ModalitiesInStudy, "CT\\MR")),
        Arguments.of(search(study).match(Tag.SOPClassesInStudy, "1.2.840.10008.5.1.4.1.1.4")),
        Arguments.of(search(study).match(Tag.AccessionNumber, "A000000123")),
        Arguments.of(search(study).match(Tag.AccessionNumber, "A0000001*")),
        Arguments.of(search(study).match(Tag.AccessionNumber, "*0123")),
        Arguments.of(search(study).match(Tag.StudyID, "S123")),
        Arguments.of(search(study).match(Tag.StudyDescription, "*nodule*")),
        Arguments.of(search(study).match(Tag.SeriesInstanceUID, UID + ".1")),
        Arguments.of(search(study).match(Tag.SOPInstanceUID, UID + ".1.1")),
        Arguments.of(
            search(study)
                .match(Tag.RequestAttributesSequence, Tag.ScheduledProcedureStepID, "SPS300")),
        Arguments.of(
            Search.of(study, Visibility.ofSite(new UUID(0, 0xA)))
                .match(Tag.StudyDate, "20200101-")),
        Arguments.of(Search.of(study, Visibility.ofSite(new UUID(0, 0xA)))),
        Arguments.of(search(QueryLevel.SERIES)),
        Arguments.of(search(QueryLevel.SERIES).match(Tag.StudyInstanceUID, UID)),
        Arguments.of(search(QueryLevel.SERIES).match(Tag.SeriesInstanceUID, UID + ".1")),
        Arguments.of(search(QueryLevel.SERIES).match(Tag.Modality, "CT")),
        Arguments.of(search(QueryLevel.SERIES).match(Tag.Modality, "OPT")),
        Arguments.of(search(QueryLevel.SERIES).match(Tag.SeriesDescription, "*nodule*")),
        Arguments.of(search(QueryLevel.SERIES).match(Tag.BodyPartExamined, "BREAST")),
        Arguments.of(
            search(QueryLevel.SERIES).match(Tag.PerformedProcedureStepStartDate, "20200101")),
        Arguments.of(
            search(QueryLevel.SERIES)
                .match(Tag.RequestAttributesSequence, Tag.RequestedProcedureID, "RP300")),
        Arguments.of(search(QueryLevel.INSTANCE)),
        Arguments.of(search(QueryLevel.INSTANCE).match(Tag.SOPInstanceUID, UID + ".1.1")),
        Arguments.of(search(QueryLevel.INSTANCE).match(Tag.SeriesInstanceUID, UID + ".1")),
        Arguments.of(
            search(QueryLevel.INSTANCE).match(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")),
        Arguments.of(search(QueryLevel.PATIENT)),
        Arguments.of(search(QueryLevel.PATIENT).match(Tag.PatientID, "P00007919")),
        Arguments.of(search(QueryLevel.PATIENT).match(Tag.PatientName, "abmith*")));
  }

  private static Search.Builder search(QueryLevel level) {
    return Search.of(level, Visibility.everything());
  }

  @ParameterizedTest
  @MethodSource("searches")
  void is_answered_from_an_index(Search.Builder search) {
    List<String> plan = catalog.explain(search.limit(100).build());

    assertThat(plan).as(String.join("\n", plan)).noneMatch(line -> line.contains("Seq Scan"));
    catalog.search(search.counting(Search.Counting.IF_FEW).build());
  }

  @Test
  void counts_what_is_few_and_leaves_what_is_many() {
    assertThat(
            catalog
                .search(
                    search(QueryLevel.STUDY)
                        .match(Tag.ModalitiesInStudy, "OPT")
                        .limit(1)
                        .counting(Search.Counting.IF_FEW)
                        .build())
                .total())
        .hasValue(STUDIES / 5003);
    assertThat(
            catalog
                .search(search(QueryLevel.STUDY).counting(Search.Counting.IF_FEW).build())
                .total())
        .isEmpty();
  }
}
