package org.heliograph.dicom.pixel.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.DicomFormatException;
import org.heliograph.dicom.pixel.FrameReader;
import org.heliograph.dicom.pixel.PixelDataException;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions.LossySource;
import org.heliograph.dicom.pixel.transcode.Transcoding.NotTranscoded;
import org.heliograph.dicom.pixel.transcode.Transcoding.Transcoded;
import org.junit.jupiter.api.Test;

/** Every open sample that can be brought to RLE and JPEG-LS shows the same pixels there. */
class RealTranscodingTest {

  private static final long MAX_FILE_BYTES = 600_000;

  @Test
  void real_images_show_the_same_pixels_in_each_lossless_syntax() throws Exception {
    Path data = Path.of("").toAbsolutePath().resolve("../../shared/data/dicom").normalize();
    assumeTrue(Files.isDirectory(data), "skipped: no ../shared/data beside the repository");
    Map<String, String> refused = new TreeMap<>();
    int same = 0;
    List<Path> files;
    try (Stream<Path> walk = Files.walk(data)) {
      files = walk.filter(f -> f.toString().endsWith(".dcm")).sorted().toList();
    }
    for (Path file : files) {
      if (Files.size(file) > MAX_FILE_BYTES) {
        continue;
      }
      FrameReader original;
      try {
        original = FrameReader.open(file);
      } catch (PixelDataException | DicomFormatException e) {
        continue; // no image, or frames that cannot be told apart
      }
      same += compare(data.relativize(file).toString(), original, refused);
    }
    assertThat(same).as("not transcoded: %s", refused).isGreaterThan(60);
  }

  private int compare(String name, FrameReader original, Map<String, String> refused)
      throws IOException {
    Transcoder transcoder = new Transcoder(TranscodeOptions.defaults().with(LossySource.DECODE));
    int same = 0;
    for (String uid : List.of(Uids.RleLossless, Uids.JpegLsLossless)) {
      try (Transcoding done =
          transcoder.transcode(original.object(), original.source(), TransferSyntax.of(uid))) {
        switch (done) {
          case NotTranscoded not -> {
            assertThat(not.reason()).as(name).isNotEqualTo(Transcoding.Reason.NOT_VERIFIED);
            refused.put(name, not.reason() + " " + not.detail());
          }
          case Transcoded transcoded -> {
            FrameReader now = Objects.reread(transcoded);
            int frames = Math.min(3, original.frameCount());
            for (int i = 0; i < frames; i++) {
              assertThat(now.frame(i).cells())
                  .as("%s frame %d as %s", name, i, uid)
                  .isEqualTo(original.frame(i).cells());
            }
            assertThat(now.object().dataset().string(Tag.SOPInstanceUID))
                .isEqualTo(original.object().dataset().string(Tag.SOPInstanceUID));
            same++;
          }
        }
      }
    }
    return same;
  }
}
