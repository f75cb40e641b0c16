package org.heliograph.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.RandomDatasets;
import org.heliograph.dicom.io.RealFiles;
import org.junit.jupiter.api.Test;

class DicomJsonTest {
  @Test
  void writes_the_model_of_annex_f() {
    Dataset dataset =
        Dataset.builder()
            .string(Tag.SpecificCharacterSet, "ISO_IR 100")
            .string(Tag.PatientName, "Wang^XiaoDong=王^小东")
            .string(Tag.ImageType, "A", "", "B")
            .string(Tag.SliceThickness, "+01.50")
            .string(Tag.InstanceNumber, "12")
            .integer(Tag.Rows, 512)
            .empty(Tag.AccessionNumber)
            .bytes(0x00111001, Vr.UN, new byte[] {1, 2})
            .sequence(Tag.ReferencedStudySequence, Dataset.empty())
            .element(new BulkElement(Tag.PixelData, Vr.OW, 1000, 5000))
            .build();

    String json = DicomJson.write(dataset, e -> "../frames/" + e.tag());

    assertThat(json)
        .isEqualTo(
            """
            {"00080005":{"vr":"CS","Value":["ISO_IR 192"]},\
            "00080008":{"vr":"CS","Value":["A",null,"B"]},\
            "00080050":{"vr":"SH"},\
            "00081110":{"vr":"SQ","Value":[{}]},\
            "00100010":{"vr":"PN","Value":[{"Alphabetic":"Wang^XiaoDong","Ideographic":"王^小东"}]},\
            "00111001":{"vr":"UN","InlineBinary":"AQI="},\
            "00180050":{"vr":"DS","Value":[1.50]},\
            "00200013":{"vr":"IS","Value":[12]},\
            "00280010":{"vr":"US","Value":[512]},\
            "7FE00010":{"vr":"OW","BulkDataURI":"../frames/2145386512"}}\
            """);
  }

  @Test
  void reads_what_it_wrote_of_random_data_sets() {
    for (long seed = 1; seed <= 300; seed++) {
      Dataset dataset = new RandomDatasets(seed).next();
      String json = DicomJson.write(dataset, e -> null);
      assertThat(DicomJson.write(DicomJson.read(json), e -> null))
          .as("seed " + seed)
          .isEqualTo(json);
    }
  }

  @Test
  void reads_the_json_that_servers_send() throws IOException {
    Path folder = RealFiles.folder().resolve("dicomweb-examples");
    for (String name : List.of("search_for_instances.json", "retrieve_instance_metadata.json")) {
      String text = Files.readString(folder.resolve(name));
      List<Dataset> datasets =
          text.stripLeading().startsWith("[")
              ? DicomJson.readAll(text)
              : List.of(DicomJson.read(text));
      assertThat(datasets).isNotEmpty();
      assertThat(datasets.getFirst().string(Tag.SOPInstanceUID)).isPresent();
    }
  }

  @Test
  void escapes_what_could_leave_a_page_or_a_string() {
    Dataset dataset = Dataset.builder().string(Tag.StudyDescription, "</script>\"\u0001").build();
    String json = DicomJson.write(dataset, e -> null);
    assertThat(json).doesNotContain("</script>").contains("\\u003c/script>\\\"\\u0001");
    assertThat(DicomJson.read(json)).isEqualTo(dataset);
  }

  @Test
  void refuses_broken_json_with_a_position_and_without_content() {
    for (String bad :
        List.of(
            "",
            "{",
            "[]",
            "{\"00100020\":1}",
            "{\"00100020\":{\"vr\":\"ZZ\"}}",
            "{\"x\":{}}",
            "{\"00280010\":{\"vr\":\"US\",\"Value\":[\"canary\"]}}",
            "{\"00280010\":{\"vr\":\"US\",\"Value\":[99999]}}",
            "{\"00100020\":{\"vr\":\"LO\",\"Value\":[true]}}",
            "{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"canary\\u00zz\"]}}",
            "{\"7FE00010\":{\"vr\":\"OW\",\"InlineBinary\":\"=canary=\"}}",
            "[".repeat(100_000))) {
      assertThatThrownBy(() -> DicomJson.read(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("canary");
    }
  }

  @Test
  void mutated_json_is_read_or_refused() {
    String json = DicomJson.write(new RandomDatasets(7).next(), e -> null);
    for (long seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      StringBuilder mutated = new StringBuilder(json);
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        mutated.setCharAt(random.nextInt(mutated.length()), (char) (32 + random.nextInt(96)));
      }
      try {
        DicomJson.read(mutated.toString());
      } catch (IllegalArgumentException e) {
        assertThat(e).as("seed " + seed).hasMessageMatching("(?s).+");
      }
    }
  }
}
