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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.archive.Archive;
import org.heliograph.archive.TestDatabase;
import org.heliograph.archive.blob.FileSystemBlobStore;
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
    assertThat(studies(Map.of())).containsExactly(third, second, first);
    assertThat(studies(Map.of(Tag.PatientName, "tesFAYE*"))).containsExactly(third, first);
    assertThat(studies(Map.of(Tag.PatientName, "黑*"))).containsExactly(third, first);
    assertThat(studies(Map.of(Tag.PatientName, "tesfaye"))).isEmpty();
    assertThat(studies(Map.of(Tag.PatientName, "o'neil_50%^?nn"))).containsExactly(second);
    assertThat(studies(Map.of(Tag.PatientName, "%"))).isEmpty();
    assertThat(studies(Map.of(Tag.PatientID, "P-?"))).containsExactly(second, first);
    assertThat(studies(Map.of(Tag.PatientID, "P-1' or '1'='1"))).isEmpty();
    assertThat(studies(Map.of(Tag.StudyDate, "20260304"))).containsExactly(first);
    assertThat(studies(Map.of(Tag.StudyDate, "20260305-"))).containsExactly(second);
    assertThat(studies(Map.of(Tag.StudyDate, "-20260304"))).containsExactly(first);
    assertThat(studies(Map.of(Tag.StudyDate, "20260101-20261231"))).containsExactly(second, first);
    assertThat(studies(Map.of(Tag.StudyTime, "1000-1200"))).containsExactly(third, first);
    assertThat(studies(Map.of(Tag.StudyTime, "235959-"))).containsExactly(second);
    assertThat(studies(Map.of(Tag.ModalitiesInStudy, "DX"))).containsExactly(second);
    assertThat(studies(Map.of(Tag.AccessionNumber, ""))).hasSize(3);
    assertThat(studies(Map.of(Tag.StudyInstanceUID, first + "," + third)))
        .containsExactly(third, first);
    assertThat(studies(Map.of(Tag.StudyInstanceUID, first + "\\" + third)))
        .containsExactly(third, first);
  }

  @Test
  void refuses_what_it_cannot_match() {
    for (Map<Integer, String> match :
        List.of(
            Map.of(Tag.StudyDate, "yesterday"),
            Map.of(Tag.StudyInstanceUID, "1.2.x"),
            Map.of(Tag.PatientName, "a\0b"),
            Map.of(Tag.StudyTime, "noon"),
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
    assertThat(rest.matches())
        .singleElement()
        .satisfies(study -> {
          assertThat(study.integer(Tag.NumberOfStudyRelatedSeries, 0)).isEqualTo(1);
          assertThat(study.integer(Tag.NumberOfStudyRelatedInstances, 0)).isEqualTo(3);
          assertThat(study.strings(Tag.ModalitiesInStudy)).containsExactly("CR");
        });
    assertThat(rest.next()).isNull();
  }

  @Test
  void returns_further_fields_of_instances() {
    Search search =
        new Search(
            QueryLevel.INSTANCE,
            Visibility.everything(),
            Map.of(Tag.StudyInstanceUID, first.toString()),
            Set.of(Tag.BitsStored),
            10,
            0,
            null);

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
      @org.jspecify.annotations.Nullable Long after) {
    return archive
        .catalog()
        .search(new Search(level, visibility, matches, Set.of(), limit, 0, after));
  }
}
