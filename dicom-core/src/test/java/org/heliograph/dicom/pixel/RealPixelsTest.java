package org.heliograph.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.heliograph.dicom.pixel.RealData.Sample;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Decodes every sample and compares with the pixels that GDCM gave. */
class RealPixelsTest {

  /** Files that we decode to other bytes than the reference, and why. */
  private static final Map<String, String> OTHERWISE =
      Map.ofEntries(
          Map.entry("dicom/ts-ct/jpeg-p4-12bit-51.dcm", "rounding of the inverse DCT"),
          Map.entry(
              "dicom/xray/cr-chest-pa-mono1-15bit-j2k-lossy.dcm", "rounding of the 9-7 wavelet"),
          Map.entry("dicom/xray/cr-tibia-mono1-10bit-j2k-lossy.dcm", "rounding of the 9-7 wavelet"),
          Map.entry(
              "dicom/us/us-cine-30frames-jpeg-ybr422.dcm", "reference is not converted to RGB"),
          Map.entry("dicom/us/us-ybr422-uncompressed.dcm", "reference is not converted to RGB"),
          Map.entry("dicom/ts-rgb/jpeg-baseline-ybr422.dcm", "reference is not converted to RGB"),
          Map.entry("dicom/ts-rgb/jpeg-baseline-ybr-full.dcm", "reference is not converted to RGB"),
          Map.entry("dicom/vl/derm-ISIC_0000000.dcm", "reference is not converted to RGB"),
          Map.entry("dicom/vl/vlphoto-ISIC_0000001.dcm", "reference is not converted to RGB"),
          Map.entry("dicom/vl/ophthalmic-8bit-fundus.dcm", "reference is not converted to RGB"),
          Map.entry("dicom/ts-frames/jpegls-fragments-no-bot.dcm", "reference gave zeros only"));

  /** Files that are not decoded: the exception is declared. */
  private static final Map<String, String> NOT_DECODED =
      Map.of(
          "dicom/ts-rgb/htj2k-lossless-201.dcm", "High-Throughput JPEG 2000",
          "dicom/ts-rgb/htj2k-lossless-201-with-uids.dcm", "High-Throughput JPEG 2000");

  @TestFactory
  Stream<DynamicTest> decodes_to_the_reference_pixels() throws Exception {
    return RealData.pixelHashes().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> compare(e.getKey(), e.getValue())));
  }

  private static void compare(String file, String expected) throws Exception {
    Sample sample = RealData.read(file);
    if (NOT_DECODED.containsKey(file)) {
      assertThatThrownBy(() -> hash(sample)).isInstanceOf(UnsupportedPixelDataException.class);
      return;
    }
    String actual = hash(sample);
    if (OTHERWISE.containsKey(file)) {
      assertThat(actual).as("no longer an exception").isNotEqualTo(expected);
    } else {
      assertThat(actual).isEqualTo(expected);
    }
  }

  private static String hash(Sample sample) throws Exception {
    FrameIndex index = FrameIndex.of(sample.object().dataset(), sample.source());
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int frame = 0; frame < index.frameCount(); frame++) {
      digest.update(RealData.decode(sample, index, frame).cells());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Test
  void fragments_without_offset_table_hold_the_same_frames_as_native_pixels() throws Exception {
    String reference = RealData.pixelHashes().get("dicom/ct-enhanced-supplemental-palette.dcm");

    assertThat(hash(RealData.read("dicom/ts-frames/jpegls-fragments-no-bot.dcm")))
        .isEqualTo(reference);
  }

  @Test
  void deflated_frames_hold_the_same_bits_as_native_ones() throws Exception {
    assertThat(hash(RealData.read("dicom/ts-frames/seg-deflated-image-frame.dcm")))
        .isEqualTo(RealData.pixelHashes().get("dicom/series-ct-3slice/seg-liver.dcm"));
  }

  @Test
  void lossy_jpeg_2000_stays_close_to_the_lossless_original() throws Exception {
    Sample lossless = RealData.read("dicom/ts-ct/j2k-lossless-90.dcm");
    Sample lossy = RealData.read("dicom/ts-ct/j2k-lossy-91.dcm");
    DecodedFrame a = first(lossless);
    DecodedFrame b = first(lossy);

    Map<Long, Integer> differences = new TreeMap<>();
    for (int i = 0; i < a.rows() * a.columns(); i++) {
      differences.merge(Math.abs(a.value(i) - b.value(i)), 1, Integer::sum);
    }

    assertThat(differences.keySet()).allMatch(d -> d <= 16);
  }

  @Test
  void where_rounding_differs_the_range_is_still_the_references() throws Exception {
    assertThat(range("dicom/xray/cr-chest-pa-mono1-15bit-j2k-lossy.dcm"))
        .containsExactly(803, 26512);
    assertThat(range("dicom/xray/cr-tibia-mono1-10bit-j2k-lossy.dcm")).containsExactly(0, 1023);
  }

  private static long[] range(String file) throws Exception {
    DecodedFrame frame = first(RealData.read(file));
    LongSummaryStatistics values =
        IntStream.range(0, frame.rows() * frame.columns())
            .mapToLong(frame::value)
            .summaryStatistics();
    return new long[] {values.getMin(), values.getMax()};
  }

  private static DecodedFrame first(Sample sample) throws Exception {
    return RealData.decode(sample, FrameIndex.of(sample.object().dataset(), sample.source()), 0);
  }
}
