package org.heliograph.node.prepare;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.Samples;
import org.heliograph.dicom.pixel.codec.SampleLayout;

/**
 * A program of its own, to be run with a small heap: writes a large object, prepares it, and prints
 * what came of it. Arguments: folder, rows, columns, frames.
 */
final class LargeObject {
  private LargeObject() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    ImageDescription image =
        Images.gray(
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            12,
            false,
            Integer.parseInt(args[3]));
    Path file = folder.resolve("large.dcm");
    write(file, image);
    var instance = Images.spooled(file, Uids.ExplicitVrLittleEndian);
    long begin = System.nanoTime();
    Preparation preparation =
        new Preparing(PrepareSettings.defaults())
            .prepare(
                instance,
                file,
                new Targets(folder.resolve("new.dcm"), folder.resolve("new.jpg"), 60_000));
    long ms = (System.nanoTime() - begin) / 1_000_000;
    var prepared = ((Preparation.Ready) preparation).prepared();
    print(
        "syntax=%s original=%d prepared=%d preview=%s ms=%d%n"
            .formatted(
                prepared.syntax().value(),
                instance.receivedBytes(),
                prepared.datasetBytes(),
                prepared.newPreview() != null,
                ms));
  }

  private static void print(String line) {
    System.out.print(line);
  }

  /** One frame is made, and written again and again. */
  private static void write(Path file, ImageDescription image) throws IOException {
    long frameBytes = image.samples() * 2;
    SampleLayout strip = new SampleLayout(16, image.columns(), 1, 16);
    byte[] cells = Samples.ANATOMY.cells(strip, 12, 7);
    Dataset dataset =
        Images.header(image)
            .element(new BulkElement(Tag.PixelData, Vr.OW, 0, frameBytes * image.numberOfFrames()))
            .build();
    BulkSource source = (offset, length) -> repeated(cells, length);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      DicomWriter.writePart10(out, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, dataset, source);
    }
  }

  private static InputStream repeated(byte[] cells, long length) {
    return new InputStream() {
      private InputStream now = new ByteArrayInputStream(cells);
      private long left = length;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] bytes, int from, int count) throws IOException {
        if (left == 0) {
          return -1;
        }
        int n = now.read(bytes, from, (int) Math.min(count, left));
        if (n < 0) {
          now = new ByteArrayInputStream(cells);
          return read(bytes, from, count);
        }
        left -= n;
        return n;
      }
    };
  }
}
