package org.heliograph.dicom.pixel.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.pixel.FrameReader;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PhotometricInterpretation;
import org.heliograph.dicom.pixel.Samples;
import org.heliograph.dicom.pixel.codec.SampleLayout;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions.LossyTarget;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RLE and the JPEG processes against dcmtk's. */
class JpegAndRlePeersIT {

  private static final long SEED = 20260303;

  @TempDir Path folder;

  @BeforeAll
  static void dcmtk_is_installed() {
    Dcmtk.isInstalled();
  }

  private static ImageDescription gray(int rows, int columns, int bits, boolean signed) {
    int allocated = bits <= 8 ? 8 : 16;
    return new ImageDescription(
        rows,
        columns,
        1,
        allocated,
        bits,
        bits - 1,
        signed,
        PhotometricInterpretation.MONOCHROME2,
        0,
        1);
  }

  private static ImageDescription rgb(int rows, int columns, int planar, int frames) {
    return new ImageDescription(
        rows, columns, 3, 8, 8, 7, false, PhotometricInterpretation.RGB, planar, frames);
  }

  private static byte[] cells(Samples samples, ImageDescription image) {
    SampleLayout layout =
        new SampleLayout(
            image.rows() * image.numberOfFrames(),
            image.columns(),
            image.samplesPerPixel(),
            image.bitsAllocated());
    return samples.cells(layout, image.bitsStored(), SEED);
  }

  private static List<ImageDescription> images() {
    return List.of(
        gray(1, 1, 8, false),
        gray(61, 77, 8, false),
        gray(61, 300, 12, false),
        gray(64, 64, 16, false),
        gray(33, 1, 16, true),
        rgb(61, 77, 0, 3),
        rgb(1, 1, 0, 1));
  }

  @ParameterizedTest
  @EnumSource(Samples.class)
  void rle_is_the_same_both_ways(Samples samples) throws Exception {
    Path source = folder.resolve("source.dcm");
    Path theirs = folder.resolve("theirs.dcm");
    Path ours = folder.resolve("ours.dcm");
    Path back = folder.resolve("back.dcm");
    for (ImageDescription image : images()) {
      byte[] cells = cells(samples, image);
      ParsedObject object = Objects.image(image, cells);
      Objects.write(object, BulkSource.NONE, source);

      Dcmtk.run("dcmcrle", source.toString(), theirs.toString());
      assertThat(JpegLsPeersIT.cells(theirs)).as("%s %s", samples, image).isEqualTo(cells);

      transcode(object, Uids.RleLossless, ours);
      Dcmtk.run("dcmdrle", ours.toString(), back.toString());
      assertThat(JpegLsPeersIT.cells(back)).as("%s %s", samples, image).isEqualTo(cells);
    }
  }

  @Test
  void planes_become_pixels_and_come_back() throws Exception {
    Path ours = folder.resolve("ours.dcm");
    Path back = folder.resolve("back.dcm");
    byte[] planes = cells(Samples.RANDOM, rgb(61, 77, 1, 1));
    byte[] pixels = new byte[planes.length];
    for (int i = 0; i < planes.length; i++) {
      pixels[i % (61 * 77) * 3 + i / (61 * 77)] = planes[i];
    }

    transcode(Objects.image(rgb(61, 77, 1, 1), planes), Uids.RleLossless, ours);
    Dcmtk.run("dcmdrle", ours.toString(), back.toString());
    assertThat(JpegLsPeersIT.cells(back)).isEqualTo(pixels);

    transcode(Objects.image(rgb(61, 77, 1, 1), planes), Uids.JpegLsLossless, ours);
    Dcmtk.run("dcmdjpls", ours.toString(), back.toString());
    assertThat(JpegLsPeersIT.cells(back)).isEqualTo(pixels);
  }

  private void transcode(ParsedObject object, String uid, Path file) throws Exception {
    TranscodeOptions options = TranscodeOptions.defaults().with(LossyTarget.DERIVE);
    try (Transcoding transcoding =
        new Transcoder(options).transcode(object, BulkSource.NONE, TransferSyntax.of(uid))) {
      assertThat(transcoding).isInstanceOf(Transcoding.Transcoded.class);
      Transcoding.Transcoded done = (Transcoding.Transcoded) transcoding;
      ParsedObject written =
          new ParsedObject(done.fileMeta(), done.transferSyntax(), done.dataset(), List.of());
      Objects.write(written, done.source(), file);
    }
  }

  /** Lossless with every predictor; dcmtk changes nothing, so the pixels are the originals. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void lossless_jpeg_of_each_predictor_is_exact(int predictor) throws Exception {
    Path source = folder.resolve("source.dcm");
    Path encoded = folder.resolve("encoded.dcm");
    for (Samples samples : List.of(Samples.RANDOM, Samples.ANATOMY)) {
      List<ImageDescription> images = new ArrayList<>(List.of(rgb(31, 43, 0, 1)));
      for (int bits = 2; bits <= 16; bits += bits < 12 ? 3 : 1) {
        images.add(gray(31, 43, bits, false));
      }
      for (ImageDescription image : images) {
        byte[] cells = cells(samples, image);
        Objects.write(Objects.image(image, cells), BulkSource.NONE, source);
        String selection = Integer.toString(predictor);
        Dcmtk.run(
            "dcmcjpeg", "+el", "+sv", selection, "+tl", source.toString(), encoded.toString());

        assertThat(JpegLsPeersIT.cells(encoded)).as("%s %s", samples, image).isEqualTo(cells);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 75, 95, 100})
  void jpeg_of_12_bits_is_decoded_as_by_dcmtk(int quality) throws Exception {
    Path source = folder.resolve("source.dcm");
    Path encoded = folder.resolve("encoded.dcm");
    Path decoded = folder.resolve("decoded.dcm");
    for (Samples samples : List.of(Samples.RANDOM, Samples.ANATOMY, Samples.SPARSE)) {
      for (ImageDescription image :
          List.of(gray(64, 64, 12, false), gray(61, 77, 12, false), gray(1, 1, 12, false))) {
        byte[] cells = cells(samples, image);
        Objects.write(Objects.image(image, cells), BulkSource.NONE, source);
        String q = Integer.toString(quality);
        Dcmtk.run("dcmcjpeg", "+ee", "+q", q, source.toString(), encoded.toString());
        Dcmtk.run("dcmdjpeg", encoded.toString(), decoded.toString());

        FrameReader reader = FrameReader.open(encoded);
        assertThat(reader.object().transferSyntax().uid()).isEqualTo("1.2.840.10008.1.2.4.51");
        int[] difference = difference(JpegLsPeersIT.cells(encoded), JpegLsPeersIT.cells(decoded));

        assertThat(difference[1]).as("most, %s %s", samples, image).isLessThanOrEqualTo(2);
        assertThat(difference[0]).as("sum, %s %s", samples, image).isLessThan(cells.length / 2);
      }
    }
  }

  /** Sum and maximum of the differences of 16-bit cells. */
  private static int[] difference(byte[] a, byte[] b) {
    assertThat(a).hasSameSizeAs(b);
    int[] result = new int[2];
    for (int i = 0; i < a.length; i += 2) {
      int left = (a[i] & 0xFF) | (a[i + 1] & 0xFF) << 8;
      int right = (b[i] & 0xFF) | (b[i + 1] & 0xFF) << 8;
      int difference = Math.abs(left - right);
      result[0] += difference;
      result[1] = Math.max(result[1], difference);
    }
    return result;
  }

  @Test
  void dcmtk_decodes_our_baseline_jpeg_close_to_the_original() throws Exception {
    Path ours = folder.resolve("ours.dcm");
    Path back = folder.resolve("back.dcm");
    for (ImageDescription image :
        List.of(gray(128, 256, 8, false), gray(61, 77, 8, false), rgb(61, 77, 0, 2))) {
      byte[] cells = cells(Samples.ANATOMY, image);
      transcode(Objects.image(image, cells), Uids.JpegBaseline8Bit, ours);
      Dcmtk.run("dcmdjpeg", ours.toString(), back.toString());

      FrameReader reader = FrameReader.open(back);
      byte[] theirs = JpegLsPeersIT.cells(back);
      byte[] own = colors(FrameReader.open(ours));

      assertThat(reader.object().dataset().string(Tag.LossyImageCompression)).contains("01");
      assertThat(meanDifference(cells, theirs)).as("%s", image).isLessThan(1.5);
      assertThat(meanDifference(own, theirs)).isLessThan(1.5);
    }
  }

  private static byte[] colors(FrameReader reader) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < reader.frameCount(); i++) {
      all.writeBytes(reader.frame(i).cells());
    }
    return all.toByteArray();
  }

  private static double meanDifference(byte[] a, byte[] b) {
    assertThat(a).hasSameSizeAs(b);
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] & 0xFF) - (b[i] & 0xFF));
    }
    return (double) sum / a.length;
  }
}
