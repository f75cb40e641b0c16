package org.heliograph.reader.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.HubProcess;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.postgres.LocalPostgres;
import org.heliograph.reader.sites.NewSite;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An instance much larger than the hub's heap passes through it. */
class LargeInstanceIT {
  private static final int EDGE = 1024;
  private static final int FRAMES = 256;
  private static final long PIXEL_BYTES = 2L * EDGE * EDGE * FRAMES;
  private static final long MORE_BYTES = 128L << 20;

  @TempDir private Path folder;

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void half_a_gigabyte_takes_no_more_memory_than_a_small_image() throws Exception {
    try (HubProcess hub = new HubProcess(folder)) {
      hub.start();
      Sites sites = Sites.over(database(hub));
      sites.add(new NewSite("LARGE", "Clinic Large", "", Specialty.RADIOLOGY));
      sites.addAeTitle("LARGE", "CT_0");
      try (StorageScu scu = new Sender("CT_0", hub::dicomPort).associate()) {
        CtStudies.Slice small = CtStudies.interleaved(1, 1, 64).getFirst();
        assertThat(
                scu.store(CtStudies.SOP_CLASS, small.instance(), CtStudies.SYNTAX, small.source())
                    .hex())
            .isEqualTo("0000");
        long before = residentBytes(hub);

        Dataset head =
            CtStudies.slice(Uid.create(), Uid.create(), 1, EDGE)
                .remove(Tag.PixelData)
                .string(Tag.NumberOfFrames, Integer.toString(FRAMES))
                .build();
        assertThat(
                scu.store(
                        CtStudies.SOP_CLASS,
                        SopInstanceUid.of(head.string(Tag.SOPInstanceUID, "")),
                        CtStudies.SYNTAX,
                        large(CtStudies.encode(head)))
                    .hex())
            .isEqualTo("0000");
        assertThat(residentBytes(hub) - before).isLessThan(MORE_BYTES);
        scu.release();
      }
      assertThat(
              JdbcClient.create(database(hub))
                  .sql("select max(blob_bytes) from archive.instance")
                  .query(Long.class)
                  .single())
          .isGreaterThan(PIXEL_BYTES);
      assertThat(hub.stop()).isZero();
    }
  }

  /** Pixel Data, the last element, of one repeated byte. */
  private static DatasetSource large(byte[] head) {
    byte[] tag =
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) (Tag.PixelData >>> 16))
            .putShort((short) Tag.PixelData)
            .put((byte) 'O')
            .put((byte) 'W')
            .putShort((short) 0)
            .putInt((int) PIXEL_BYTES)
            .array();
    return new DatasetSource() {
      @Override
      public InputStream open() {
        return new SequenceInputStream(
            new SequenceInputStream(new ByteArrayInputStream(head), new ByteArrayInputStream(tag)),
            new Repeated(PIXEL_BYTES));
      }

      @Override
      public long length() {
        return head.length + tag.length + PIXEL_BYTES;
      }
    };
  }

  private static final class Repeated extends InputStream {
    private long left;

    Repeated(long count) {
      left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 7 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int n = (int) Math.min(length, left);
      Arrays.fill(into, offset, offset + n, (byte) 7);
      left -= n;
      return n;
    }
  }

  private static long residentBytes(HubProcess hub) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(hub.pid()), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("no VmRSS");
  }

  private static DriverManagerDataSource database(HubProcess hub) {
    var access = LocalPostgres.running(hub.data()).orElseThrow();
    return new DriverManagerDataSource(access.url(), access.user(), access.password());
  }
}
