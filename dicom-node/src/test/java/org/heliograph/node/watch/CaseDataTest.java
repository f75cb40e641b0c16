package org.heliograph.node.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import org.heliograph.node.link.Urgency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaseDataTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  @TempDir Path folder;

  private static CaseData data(String text) throws CaseProblem {
    return CaseData.of(CaseFile.parse(text), Path.of("a"), TODAY, TODAY);
  }

  @Test
  void everything_that_a_person_can_say_is_understood() throws Exception {
    CaseData data =
        data(
            """
            # the case of the morning
            Patient ID  = 4711
            PATIENT-NAME: Otieno, Achieng
            Date of birth = 31.12.1980
            sex = female
            Question = Is this a melanoma? It grew in three weeks.
            urgency = Urgent
            body-part = forearm
            side = left
            accession = A-17
            view.IMG 001.jpg = close-up, oblique
            title.IMG 001.jpg = The edge
            """);

    assertThat(data.study().patientId()).isEqualTo("4711");
    assertThat(data.study().patientName()).isEqualTo("Otieno^Achieng");
    assertThat(data.study().patientBirthDate()).isEqualTo("19801231");
    assertThat(data.study().patientSex()).isEqualTo("F");
    assertThat(data.study().studyDescription()).startsWith("Is this a melanoma?");
    assertThat(data.study().bodyPartExamined()).isEqualTo("FOREARM");
    assertThat(data.study().laterality()).isEqualTo("L");
    assertThat(data.study().studyDate()).isEqualTo("20261121");
    assertThat(data.urgency()).isEqualTo(Urgency.URGENT);
    assertThat(data.view("img 001.JPG")).isEqualTo("CLOSE_UP_OBLIQUE");
    assertThat(data.view("Overview arm.jpg")).isEqualTo("OVERVIEW");
    assertThat(data.view("DSC_7.jpg")).isEmpty();
    assertThat(data.title("IMG 001.jpg")).isEqualTo("The edge");
    assertThat(data.title("other.jpg")).startsWith("Is this a melanoma? It grew");
    assertThat(data.toString()).doesNotContain("4711").doesNotContain("Otieno");
  }

  @ParameterizedTest
  @CsvSource({
    "1980-12-31, 19801231",
    "19801231, 19801231",
    "1980/1/5, 19800105",
    "5.1.1980, 19800105",
    "05. 01. 1980, 19800105"
  })
  void days_are_written_in_several_ways(String written, String date) throws Exception {
    assertThat(data("name=A\nbirth-date=" + written).study().patientBirthDate()).isEqualTo(date);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=A",
        "patient-id=1",
        "name=A\nbirth-date=01/02/1980",
        "name=A\nbirth-date=1980-02-30",
        "name=A\nbirth-date=2090-01-01",
        "name=A\nid=1\nsex=maybe",
        "name=A\nid=1\nurgency=urgnet",
        "name=A\nid=1\nid=2",
        "name=A\nid=1\nside=up",
        "name=A\nid=1\nstudy=1.2.x",
        "name=A\\B\nid=1",
        "no separator"
      })
  void what_could_be_misunderstood_is_asked_back(String text) {
    assertThatThrownBy(() -> data(text)).isInstanceOf(CaseProblem.class);
  }

  @Test
  void the_study_is_the_same_for_a_case_and_another_for_another() throws Exception {
    String uid = data("name=A\nid=1").study().studyInstanceUid();

    assertThat(data("id=1\nname=A\nquestion=x").study().studyInstanceUid()).isEqualTo(uid);
    assertThat(data("name=A\nid=2").study().studyInstanceUid()).isNotEqualTo(uid);
    assertThat(data("name=A\nid=1\ndate=2026-11-20").study().studyInstanceUid()).isNotEqualTo(uid);
    assertThat(data("name=A\nid=1\nstudy=1.2.3").study().studyInstanceUid()).isEqualTo("1.2.3");
  }

  @Test
  void old_windows_and_new_encodings_are_read() throws Exception {
    String text = "name = Åström^Åsa\r\nid=7\r\n";
    Path file = folder.resolve("case.properties");
    byte[] withMark = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
    byte[][] encodings = {withMark, text.getBytes(Charset.forName("windows-1252"))};
    for (byte[] bytes : encodings) {
      Files.write(file, bytes);
      CaseData data = CaseData.of(CaseFile.read(file), Path.of(""), TODAY, TODAY);
      assertThat(data.study().patientName()).isEqualTo("Åström^Åsa");
    }
  }

  @Test
  void a_folder_name_can_say_whose_it_is() throws Exception {
    Path where = Path.of("4711_Doe^Jane_19800201_F");
    CaseData data = Objects.requireNonNull(CaseData.ofFolder(where, where, TODAY));

    assertThat(data.study().patientId()).isEqualTo("4711");
    assertThat(data.study().patientSex()).isEqualTo("F");
    assertThat(CaseData.ofFolder(Path.of("photos_of_monday"), where, TODAY)).isNull();
  }
}
