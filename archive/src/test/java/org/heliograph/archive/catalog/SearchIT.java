package org.heliograph.archive.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heliograph.archive.TestObjects.SITE_A;
import static org.heliograph.archive.TestObjects.SITE_B;
import static org.heliograph.archive.TestObjects.image;
import static org.heliograph.archive.TestObjects.incoming;
import static org.heliograph.archive.TestObjects.uid;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.archive.Archive;
import org.heliograph.archive.TestDatabase;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchIT {
  private final StudyInstanceUid first = new StudyInstanceUid(uid());
  private final StudyInstanceUid second = new StudyInstanceUid(uid());
  private final StudyInstanceUid third = new StudyInstanceUid(uid());
  private HikariDataSource database;
  private Archive archive;

  @BeforeAll
  void store(@TempDir Path folder) throws Exception {
    database = TestDatabase.create();
    archive =
        Archive.open(
            database,
            FileSystemBlobStore.open(folder.resolve("blobs")),
            folder.resolve("staging"),
            InstantSource.system());
    Uid series = uid();
    for (int i = 1; i <= 3; i++) {
      archive
          .ingest()
          .ingest(
              incoming(
                  SITE_A, image(first, series, uid()).string(Tag.InstanceNumber, "" + i).build()));
    }
    archive
        .ingest()
        .ingest(
            incoming(
                SITE_A,
                image(second, uid(), uid())
                    .string(Tag.PatientName, "O'Neil_50%^Ann")
                    .string(Tag.PatientID, "P-2")
                    .string(Tag.StudyDate, "20260401")
                    .string(Tag.StudyTime, "235959.5")
                    .string(Tag.AccessionNumber, "X*1")
                    .string(Tag.Modality, "DX")
                    .string(Tag.TimezoneOffsetFromUTC, "-0500")
                    .string(Tag.PatientAge, "036Y")
                    .string(Tag.ReferringPhysicianName, "Größer^Eva")
                    .sequence(
                        Tag.RequestAttributesSequence,
                        Dataset.builder()
                            .string(Tag.RequestedProcedureID, "RP-7")
                            .string(Tag.ScheduledProcedureStepID, "SPS-7-1")
                            .build())
                    .sequence(
                        Tag.ReferencedPerformedProcedureStepSequence,
                        Dataset.builder()
                            .string(Tag.ReferencedSOPClassUID, "1.2.840.10008.3.1.2.3.3")
                            .string(Tag.ReferencedSOPInstanceUID, "1.2.3.4")
                            .build())
                    .build()));
    archive
        .ingest()
        .ingest(
            incoming(
                SITE_B,
                image(third, uid(), uid())
                    .string(Tag.PatientID, "")
                    .string(Tag.StudyDate, "")
                    .build()));
  }

  @AfterAll
  void close() {
    archive.close();
    database.close();
  }

  @Test
  void matches_as_the_standard_says() {
    assertThat(studies(Map.of())).containsExactly(second, first, third);
    assertThat(studies(Map.of(Tag.PatientName, "tesFAYE*"))).containsExactly(first, third);
    assertThat(studies(Map.of(Tag.PatientName, "黑*"))).containsExactly(first, third);
    assertThat(studies(Map.of(Tag.PatientName, "tesfaye"))).isEmpty();
    assertThat(studies(Map.of(Tag.PatientName, "o'neil_50%^?nn"))).containsExactly(second);
    assertThat(studies(Map.of(Tag.PatientName, "%"))).isEmpty();
    assertThat(studies(Map.of(Tag.PatientID, "P-?"))).containsExactly(second, first);
    assertThat(studies(Map.of(Tag.PatientID, "P-1' or '1'='1"))).isEmpty();
    assertThat(studies(Map.of(Tag.StudyDate, "20260304"))).containsExactly(first);
    assertThat(studies(Map.of(Tag.StudyDate, "20260305-"))).containsExactly(second);
    assertThat(studies(Map.of(Tag.StudyDate, "-20260304"))).containsExactly(first);
    assertThat(studies(Map.of(Tag.StudyDate, "20260101-20261231"))).containsExactly(second, first);
    assertThat(studies(Map.of(Tag.StudyTime, "1000-1200"))).containsExactly(first, third);
    assertThat(studies(Map.of(Tag.StudyTime, "235959-"))).containsExactly(second);
    assertThat(studies(Map.of(Tag.ModalitiesInStudy, "DX"))).containsExactly(second);
    assertThat(studies(Map.of(Tag.AccessionNumber, ""))).hasSize(3);
    assertThat(studies(Map.of(Tag.StudyInstanceUID, first + "," + third)))
        .containsExactly(first, third);
    assertThat(studies(Map.of(Tag.StudyInstanceUID, first + "\\" + third)))
        .containsExactly(first, third);
  }

  @Test
  void refuses_what_it_cannot_match() {
    for (Map<Integer, String> match :
        List.of(
            Map.of(Tag.StudyDate, "yesterday"),
            Map.of(Tag.StudyInstanceUID, "1.2.x"),
            Map.of(Tag.PatientName, "a\0b"),
            Map.of(Tag.StudyTime, "noon"),
            Map.of(Tag.TimezoneOffsetFromUTC, "CET"),
            Map.of(Tag.PixelData, "1"))) {
      assertThatThrownBy(() -> studies(match)).isInstanceOf(UnsupportedMatchException.class);
    }
  }

  @Test
  void tells_only_of_what_is_visible() {
    assertThat(find(QueryLevel.STUDY, Visibility.ofSite(SITE_B), Map.of(), 10, null).matches())
        .hasSize(1);
    assertThat(
            find(QueryLevel.STUDY, Visibility.ofStudyUids(List.of(second)), Map.of(), 10, null)
                .matches())
        .hasSize(1);
    assertThat(
            find(QueryLevel.INSTANCE, Visibility.ofStudies(List.of()), Map.of(), 10, null)
                .matches())
        .isEmpty();
  }

  @Test
  void counts_and_pages() {
    SearchAnswer page = find(QueryLevel.STUDY, Visibility.everything(), Map.of(), 2, null);
    SearchAnswer rest = find(QueryLevel.STUDY, Visibility.everything(), Map.of(), 2, page.next());

    assertThat(page.matches()).hasSize(2);
    assertThat(page.matches().subList(1, 2))
        .singleElement()
        .satisfies(study -> {
          assertThat(study.integer(Tag.NumberOfStudyRelatedSeries, 0)).isEqualTo(1);
          assertThat(study.integer(Tag.NumberOfStudyRelatedInstances, 0)).isEqualTo(3);
          assertThat(study.strings(Tag.ModalitiesInStudy)).containsExactly("CR");
        });
    assertThat(rest.matches())
        .singleElement()
        .satisfies(study ->
            assertThat(study.string(Tag.StudyInstanceUID, "")).isEqualTo(third.toString()));
    assertThat(rest.next()).isNull();
  }

  @Test
  void pages_by_offset_and_by_position_alike() {
    List<StudyInstanceUid> byOffset = new ArrayList<>();
    List<String> byPosition = new ArrayList<>();
    Position after = null;
    for (int offset = 0; offset < 5; offset++) {
      search(Search.of(QueryLevel.INSTANCE, Visibility.everything()).limit(1).offset(offset))
          .matches()
          .forEach(i -> byOffset.add(StudyInstanceUid.of(i.string(Tag.SOPInstanceUID, ""))));
      SearchAnswer page =
          search(Search.of(QueryLevel.INSTANCE, Visibility.everything()).limit(1).after(after));
      page.matches().forEach(i -> byPosition.add(i.string(Tag.SOPInstanceUID, "")));
      after = page.next();
    }

    assertThat(byPosition).hasSize(5).doesNotHaveDuplicates();
    assertThat(byOffset).extracting(StudyInstanceUid::toString).isEqualTo(byPosition);
    assertThat(after).isNull();
  }

  @Test
  void counts_all_answers_of_a_page_when_asked() {
    SearchAnswer page =
        search(
            Search.of(QueryLevel.STUDY, Visibility.everything())
                .limit(1)
                .counting(Search.Counting.IF_FEW));

    assertThat(page.total()).hasValue(3);
    assertThat(search(Search.of(QueryLevel.STUDY, Visibility.everything())).total()).isEmpty();
  }

  @Test
  void matches_a_date_and_a_time_as_one_moment() {
    var asked = Map.of(Tag.StudyDate, "20260304-20260401", Tag.StudyTime, "120000-120000");

    assertThat(studies(asked)).isEmpty();
    assertThat(
            uids(
                Search.of(QueryLevel.STUDY, Visibility.everything())
                    .match(asked)
                    .dateTimes(Search.DateTimeMatching.COMBINED)))
        .isEmpty();
    assertThat(
            uids(
                Search.of(QueryLevel.STUDY, Visibility.everything())
                    .match(Tag.StudyDate, "20260304-20260401")
                    .match(Tag.StudyTime, "1015-2359")
                    .dateTimes(Search.DateTimeMatching.COMBINED)))
        .containsExactly(second);
    assertThat(
            uids(
                Search.of(QueryLevel.STUDY, Visibility.everything())
                    .match(Tag.StudyDate, "-20260304")
                    .match(Tag.StudyTime, "-1012")
                    .dateTimes(Search.DateTimeMatching.COMBINED)))
        .containsExactly(first);
  }

  @Test
  void takes_the_zone_of_the_question_and_of_the_study_into_account() {
    // The second study was made at 23:59:59 in a zone five hours west of Greenwich.
    assertThat(studies(Map.of(Tag.StudyDate, "20260402", Tag.TimezoneOffsetFromUTC, "+0000")))
        .containsExactly(second);
    assertThat(studies(Map.of(Tag.StudyDate, "20260401", Tag.TimezoneOffsetFromUTC, "+0000")))
        .isEmpty();
    assertThat(studies(Map.of(Tag.StudyDate, "20260401", Tag.TimezoneOffsetFromUTC, "-0500")))
        .containsExactly(second);
  }

  @Test
  void matches_names_by_group_and_without_accents_when_fuzzy() {
    assertThat(studies(Map.of(Tag.PatientName, "*HANNA"))).containsExactly(first, third);
    assertThat(studies(Map.of(Tag.PatientName, "Tesfaye^Hanna=黑娜"))).containsExactly(first, third);
    assertThat(studies(Map.of(Tag.PatientName, "*娜"))).containsExactly(first, third);
    assertThat(studies(Map.of(Tag.PatientName, "Tes*=白*"))).isEmpty();
    assertThat(fuzzy("hanna tesf")).containsExactly(first, third);
    assertThat(fuzzy("Ânn O'Neil")).containsExactly(second);
    assertThat(fuzzy("eil")).isEmpty();
    assertThat(studies(Map.of(Tag.ReferringPhysicianName, "GrÖ*"))).containsExactly(second);
  }

  @Test
  void matches_items_of_requests_and_what_lies_below_the_level() {
    assertThat(
            uids(
                Search.of(QueryLevel.STUDY, Visibility.everything())
                    .match(Tag.RequestAttributesSequence, Tag.ScheduledProcedureStepID, "SPS-7*")))
        .containsExactly(second);
    assertThat(studies(Map.of(Tag.Modality, "DX"))).containsExactly(second);
    assertThat(studies(Map.of(Tag.Modality, "DX\\CR"))).containsExactly(second, first, third);
    assertThat(
            search(
                    Search.of(QueryLevel.SERIES, Visibility.everything())
                        .match(Tag.StudyInstanceUID, second.toString()))
                .matches())
        .singleElement()
        .satisfies(series ->
            assertThat(
                    series
                        .item(Tag.RequestAttributesSequence)
                        .orElseThrow()
                        .string(Tag.RequestedProcedureID, ""))
                .isEqualTo("RP-7"));
  }

  @Test
  void tells_of_patients_with_what_they_have() {
    SearchAnswer patients =
        search(
            Search.of(QueryLevel.PATIENT, Visibility.everything())
                .match(Tag.PatientName, "tesfaye*")
                .match(Tag.PatientID, "P-1"));

    assertThat(patients.matches())
        .singleElement()
        .satisfies(patient -> {
          assertThat(patient.string(Tag.IssuerOfPatientID, "")).isEqualTo("CLINIC");
          assertThat(patient.integer(Tag.NumberOfPatientRelatedStudies, 0)).isEqualTo(1);
          assertThat(patient.integer(Tag.NumberOfPatientRelatedInstances, 0)).isEqualTo(3);
          assertThat(patient.contains(Tag.StudyInstanceUID)).isFalse();
        });
    assertThat(
            search(
                    Search.of(QueryLevel.PATIENT, Visibility.ofSite(SITE_B))
                        .match(Tag.PatientID, "P-1"))
                .matches())
        .isEmpty();
  }

  @Test
  void says_which_keys_it_did_not_match_and_finds_what_is_empty() {
    SearchAnswer answer =
        search(
            Search.of(QueryLevel.STUDY, Visibility.everything())
                .match(Tag.PatientAge, "030Y")
                .match(Tag.StudyDate, "\"\""));

    assertThat(answer.ignored()).containsExactly(Tag.PatientAge);
    assertThat(answer.matches()).hasSize(1);
  }

  @Test
  void returns_all_fields_of_the_level_and_parts_of_sequences() {
    Search.Builder study =
        Search.of(QueryLevel.STUDY, Visibility.everything())
            .match(Tag.StudyInstanceUID, second.toString());
    Search.Builder series =
        Search.of(QueryLevel.SERIES, Visibility.everything())
            .match(Tag.StudyInstanceUID, second.toString());

    assertThat(search(study.include(IncludedFields.ALL)).matches())
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.string(Tag.PatientAge, "")).isEqualTo("036Y");
          assertThat(answer.contains(Tag.Rows)).isFalse();
        });
    assertThat(
            search(
                    series.include(
                        new IncludedFields(
                            false,
                            Set.of(
                                List.of(
                                    Tag.ReferencedPerformedProcedureStepSequence,
                                    Tag.ReferencedSOPInstanceUID)))))
                .matches())
        .singleElement()
        .satisfies(answer ->
            assertThat(
                    answer.item(Tag.ReferencedPerformedProcedureStepSequence).orElseThrow().stream()
                        .map(Element::tag))
                .containsExactly(Tag.ReferencedSOPInstanceUID));
  }

  @Test
  void returns_further_fields_of_instances() {
    Search search =
        Search.of(QueryLevel.INSTANCE, Visibility.everything())
            .match(Tag.StudyInstanceUID, first.toString())
            .include(IncludedFields.of(Tag.BitsStored))
            .build();

    assertThat(archive.catalog().search(search).matches())
        .hasSize(3)
        .allSatisfy(answer -> assertThat(answer.integer(Tag.BitsStored, 0)).isEqualTo(12));
  }

  @Test
  void gives_a_study_as_a_tree() {
    StoredStudy study = archive.catalog().study(first).orElseThrow();

    assertThat(study.patientName().alphabetic().givenName()).isEqualTo("Hanna");
    assertThat(study.series())
        .singleElement()
        .satisfies(series ->
            assertThat(series.instances())
                .extracting(StoredInstance::instanceNumber)
                .containsExactly(1, 2, 3));
    assertThat(study.toString()).doesNotContain("Hanna");
  }

  private List<StudyInstanceUid> fuzzy(String name) {
    return uids(
        Search.of(QueryLevel.STUDY, Visibility.everything())
            .match(Tag.PatientName, name)
            .names(Search.NameMatching.FUZZY));
  }

  private List<StudyInstanceUid> uids(Search.Builder search) {
    return search(search).matches().stream()
        .map(answer -> StudyInstanceUid.of(answer.string(Tag.StudyInstanceUID, "")))
        .toList();
  }

  private SearchAnswer search(Search.Builder search) {
    return archive.catalog().search(search.build());
  }

  private List<StudyInstanceUid> studies(Map<Integer, String> matches) {
    return find(QueryLevel.STUDY, Visibility.everything(), matches, 100, null).matches().stream()
        .map(answer -> StudyInstanceUid.of(answer.string(Tag.StudyInstanceUID, "")))
        .toList();
  }

  private SearchAnswer find(
      QueryLevel level,
      Visibility visibility,
      Map<Integer, String> matches,
      int limit,
      @org.jspecify.annotations.Nullable Position after) {
    return archive
        .catalog()
        .search(Search.of(level, visibility).match(matches).limit(limit).after(after).build());
  }
}
