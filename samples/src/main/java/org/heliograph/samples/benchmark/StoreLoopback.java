package org.heliograph.samples.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
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
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.node.storage.CallerPolicy;
import org.heliograph.node.storage.DicomNode;
import org.heliograph.node.storage.NodeSettings;
import org.heliograph.node.storage.StoreOutcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** C-STORE over one association on loopback, from memory into a sink that keeps nothing. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init")
public class StoreLoopback {
  private static final TransferSyntaxUid SYNTAX = TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);
  private static final AeTitle SINK = new AeTitle("SINK");
  private static final int BUFFER_BYTES = 256 * 1024;

  @Param({"ct", "dx"})
  public String kind;

  private DatasetSource instance;
  private SopClassUid sopClass;
  private SopInstanceUid sopInstance;
  private DicomNode node;
  private StorageScu scu;

  @Setup
  public void connect() throws IOException {
    Dataset image = image(kind);
    instance = DatasetSource.of(dataset(kind));
    sopClass = SopClassUid.of(image.string(Tag.SOPClassUID, ""));
    sopInstance = SopInstanceUid.of(image.string(Tag.SOPInstanceUID, ""));
    node = sink(0);
    scu =
        StorageScu.to("127.0.0.1", node.port(), new AeTitle("BENCH"), SINK)
            .propose(sopClass, SYNTAX)
            .open();
  }

  @TearDown
  public void close() throws IOException {
    scu.release();
    node.close();
  }

  @Benchmark
  public boolean storeLoopback() throws IOException {
    return scu.store(sopClass, sopInstance, SYNTAX, instance).isAccepted();
  }

  /** A Storage SCP that reads everything and keeps nothing. */
  static DicomNode sink(int port) throws IOException {
    return DicomNode.start(
        NodeSettings.of(SINK).port(port).build(),
        CallerPolicy.everyone(),
        incoming -> {
          byte[] buffer = new byte[BUFFER_BYTES];
          try (InputStream in = incoming.dataset()) {
            while (in.read(buffer) >= 0) {
              // only read
            }
          }
          return new StoreOutcome.Stored();
        });
  }

  /** The data set that goes over the wire. */
  static byte[] dataset(String kind) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
    DicomWriter.writeDataset(
        bytes, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, image(kind), BulkSource.NONE);
    return bytes.toByteArray();
  }

  private static Dataset image(String kind) throws IOException {
    try (InputStream in = Files.newInputStream(BenchmarkFiles.ofThisRun().of(kind).getFirst())) {
      return DicomReader.readPart10(in, ReadOptions.inMemory(1 << 25)).dataset();
    }
  }
}
