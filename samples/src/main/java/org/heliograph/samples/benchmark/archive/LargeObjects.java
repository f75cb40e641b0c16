package org.heliograph.samples.benchmark.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.net.dimse.StorageScu;

/** Stores objects of a thousand frames of a megabyte in parallel, and watches the hub's heap. */
final class LargeObjects {
  private static final int FRAMES = 1_000;
  private static final int FRAME_BYTES = 1024 * 1024;
  private static final int LOOK_MILLIS = 250;
  private static final SopClassUid SOP_CLASS =
      SopClassUid.of(Uids.MultiFrameGrayscaleWordSecondaryCaptureImageStorage);
  private static final TransferSyntaxUid SYNTAX = TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private LargeObjects() {}

  /** The most heap in use, garbage included, while all are on their way; bytes. */
  static long peakHeap(HubServer hub, int objects) throws IOException {
    List<Future<Boolean>> sent = new ArrayList<>();
    long peak = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < objects; i++) {
        int number = i;
        sent.add(threads.submit(() -> send(hub, number)));
      }
      while (!sent.stream().allMatch(Future::isDone)) {
        peak = Math.max(peak, heap(hub.pid()));
        ChildProcess.pause(LOOK_MILLIS);
      }
      for (Future<Boolean> each : sent) {
        if (!each.get()) {
          throw new IOException("a large object was refused");
        }
      }
      return peak;
    } catch (ExecutionException e) {
      throw new IOException("a large object could not be sent", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static boolean send(HubServer hub, int number) throws IOException {
    String uid = "1.2.826.0.1.3680043.10.999.8." + (1 + number);
    byte[] head = head(uid);
    DatasetSource source =
        new DatasetSource() {
          @Override
          public InputStream open() {
            return new SequenceInputStream(new ByteArrayInputStream(head), new Frames());
          }

          @Override
          public long length() {
            return head.length + (long) FRAMES * FRAME_BYTES;
          }
        };
    try (StorageScu scu =
        StorageScu.to(
                "127.0.0.1",
                hub.dicomPort(),
                new AeTitle(HubServer.CALLING),
                new AeTitle(hub.aeTitle()))
            .propose(SOP_CLASS, SYNTAX)
            .open()) {
      boolean accepted = scu.store(SOP_CLASS, SopInstanceUid.of(uid), SYNTAX, source).isAccepted();
      scu.release();
      return accepted;
    }
  }

  /** All but the pixel data, and the head of that. */
  private static byte[] head(String uid) throws IOException {
    var bytes = new ByteArrayOutputStream();
    DicomWriter.writeDataset(
        bytes,
        TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
        Dataset.builder()
            .string(Tag.SOPClassUID, SOP_CLASS.value().value())
            .string(Tag.SOPInstanceUID, uid)
            .string(Tag.StudyInstanceUID, uid + ".1")
            .string(Tag.SeriesInstanceUID, uid + ".2")
            .string(Tag.Modality, "OT")
            .string(Tag.PatientID, "LARGE")
            .integer(Tag.SamplesPerPixel, 1)
            .string(Tag.PhotometricInterpretation, "MONOCHROME2")
            .integer(Tag.NumberOfFrames, FRAMES)
            .integer(Tag.Rows, 1024)
            .integer(Tag.Columns, FRAME_BYTES / 2 / 1024)
            .integer(Tag.BitsAllocated, 16)
            .integer(Tag.BitsStored, 16)
            .integer(Tag.HighBit, 15)
            .integer(Tag.PixelRepresentation, 0)
            .build(),
        BulkSource.NONE);
    ByteBuffer pixels = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    pixels.putShort((short) (Tag.PixelData >>> 16)).putShort((short) Tag.PixelData);
    pixels.put("OW".getBytes(StandardCharsets.US_ASCII)).putShort((short) 0);
    pixels.putInt(FRAMES * FRAME_BYTES);
    bytes.write(pixels.array());
    return bytes.toByteArray();
  }

  /** Black frames. */
  private static final class Frames extends InputStream {
    private long left = (long) FRAMES * FRAME_BYTES;

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      java.util.Arrays.fill(target, offset, offset + count, (byte) 0);
      left -= count;
      return count;
    }
  }

  private static long heap(long pid) throws IOException {
    Process look =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.heap_info")
            .redirectErrorStream(true)
            .start();
    String said = new String(look.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher used = USED.matcher(said);
    return used.find() ? Long.parseLong(used.group(1)) * 1024 : 0;
  }
}
