package org.heliograph.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetVisitor.Next;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.json.DicomJson;
import org.junit.jupiter.api.Test;

class DeepNestingTest {
  private static Dataset nested(int depth) {
    Dataset dataset = Dataset.builder().string(Tag.CodeMeaning, "Schädel").build();
    for (int i = 0; i < depth; i++) {
      dataset = Dataset.builder().sequence(Tag.ContentSequence, dataset).build();
    }
    return dataset;
  }

  @Test
  void everything_works_as_deep_as_the_limit_allows() throws IOException {
    Dataset dataset = nested(ReadOptions.DEPTH_LIMIT);
    ReadOptions options = ReadOptions.defaults().withMaxDepth(ReadOptions.DEPTH_LIMIT);
    for (int warm = 0; warm < 8; warm++) {
      Dataset again =
          RoundTripTest.rewrite(dataset, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, options);

      assertThat(again).isEqualTo(dataset).hasSameHashCodeAs(dataset);
      assertThat(again.map((path, e) -> e)).isSameAs(again);
      assertThat(again.filter(e -> e.tag() != Tag.Modality)).isSameAs(again);
      assertThat(again.toBuilder().string(Tag.StudyDescription, "頭").build().size()).isEqualTo(3);
      int[] deepest = new int[1];
      again.walk((path, e) -> {
        deepest[0] = Math.max(deepest[0], path.depth());
        return Next.ENTER;
      });
      assertThat(deepest[0]).isEqualTo(ReadOptions.DEPTH_LIMIT);
      DicomJson.write(again, e -> null, new ByteArrayOutputStream());
    }
  }

  @Test
  void json_goes_as_deep_as_readers_do_by_default() {
    Dataset dataset = nested(ReadOptions.defaults().maxDepth() - 1);
    assertThat(DicomJson.read(DicomJson.write(dataset, e -> null)).size()).isEqualTo(2);
  }
}
