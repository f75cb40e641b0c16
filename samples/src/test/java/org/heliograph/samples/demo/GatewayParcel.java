package org.heliograph.samples.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.node.forward.StudyHeaders;
import org.heliograph.node.link.Manifest;
import org.heliograph.node.link.ManifestInstance;
import org.heliograph.node.link.ManifestStudy;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.prepare.FileDigest;
import org.heliograph.node.prepare.PartPlan;
import org.heliograph.node.prepare.PartSource;
import org.heliograph.node.prepare.Parts;
import org.heliograph.node.prepare.Preparation;
import org.heliograph.node.prepare.PrepareSettings;
import org.heliograph.node.prepare.Preparing;
import org.heliograph.node.prepare.Targets;
import org.heliograph.node.spool.InstanceState;
import org.heliograph.node.spool.Prepared;
import org.heliograph.node.spool.SpooledInstance;

/** Images as a clinic's gateway prepares and packs them: a manifest, and parts as files. */
record GatewayParcel(Manifest manifest, PartPlan plan) {
  private static final TransferSyntaxUid PLAIN = TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);

  /** Preamble, prefix and (0002,0000). */
  private static final int META_BYTES = 128 + 4 + 12;

  static GatewayParcel of(Path folder, String callingAe, List<Dataset> images) throws IOException {
    var sources = new ArrayList<PartSource>();
    var lines = new ArrayList<ManifestInstance>();
    for (Dataset image : images) {
      Path file = folder.resolve("image-" + sources.size());
      try (var out = Files.newOutputStream(file)) {
        DicomWriter.writePart10(
            out, TransferSyntax.of(Uids.ExplicitVrLittleEndian), image, BulkSource.NONE);
      }
      SpooledInstance received = received(image, file, callingAe);
      Prepared prepared = prepared(received, file);
      Path sent = prepared.newFile() == null ? file : prepared.newFile();
      String uid = received.sopInstance().toString();
      sources.add(new PartSource(PartSource.Kind.INSTANCE, uid, sent, prepared.newPreview()));
      lines.add(line(sources.size(), received, prepared));
    }
    PartPlan plan = new Parts(DurableFiles.SYSTEM).plan(folder.resolve("parcel"), sources);
    ManifestStudy study =
        StudyHeaders.read(
            StudyInstanceUid.of(lines.getFirst().studyInstanceUid()), folder.resolve("image-0"));
    var manifest =
        new Manifest(
            UUID.randomUUID(),
            Urgency.URGENT,
            Instant.now(),
            List.of(study),
            lines,
            List.of(),
            plan.parts());
    return new GatewayParcel(manifest, plan);
  }

  /** For the journey: each part's number, length and file. */
  List<Map<String, Object>> parts() {
    return manifest.parts().stream()
        .map(part ->
            Map.<String, Object>of(
                "number", part.number(),
                "length", part.lengthBytes(),
                "file", plan.file(part.number()).toString()))
        .toList();
  }

  private static SpooledInstance received(Dataset image, Path file, String callingAe)
      throws IOException {
    return new SpooledInstance(
        UUID.randomUUID(),
        InstanceState.RECEIVED,
        SopInstanceUid.of(image.string(Tag.SOPInstanceUID, "")),
        SopClassUid.of(image.string(Tag.SOPClassUID, "")),
        StudyInstanceUid.of(image.string(Tag.StudyInstanceUID, "")),
        SeriesInstanceUid.of(image.string(Tag.SeriesInstanceUID, "")),
        PLAIN,
        FileDigest.ofDataset(file),
        datasetBytes(file),
        new AeTitle(callingAe),
        1,
        Instant.now(),
        Urgency.URGENT,
        null,
        null,
        "");
  }

  /** What follows group 0002, whose length is its first element's value (PS3.10 7.1). */
  private static long datasetBytes(Path file) throws IOException {
    byte[] head = new byte[META_BYTES];
    try (var in = Files.newInputStream(file)) {
      in.readNBytes(head, 0, META_BYTES);
    }
    int groupLength =
        ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(META_BYTES - Integer.BYTES);
    return Files.size(file) - META_BYTES - groupLength;
  }

  private static Prepared prepared(SpooledInstance received, Path file) throws IOException {
    var targets =
        new Targets(
            Path.of(file + "-prepared"), Path.of(file + "-preview"), PrepareSettings.PREVIEW_BYTES);
    return switch (new Preparing(PrepareSettings.defaults()).prepare(received, file, targets)) {
      case Preparation.Ready(Prepared prepared) -> prepared;
      case Preparation.Damaged(String code) -> throw new IOException(code);
    };
  }

  /** Each image is large enough for a part of its own. */
  private static ManifestInstance line(int part, SpooledInstance received, Prepared prepared) {
    return new ManifestInstance(
        part,
        received.sopInstance().toString(),
        received.sopClass().toString(),
        received.study().toString(),
        received.series().toString(),
        prepared.syntax().toString(),
        prepared.datasetBytes(),
        prepared.digest(),
        received.received().toString(),
        received.receivedDigest(),
        prepared.pixelDigest(),
        received.callingAe().value(),
        prepared.rows(),
        prepared.columns(),
        prepared.numberOfFrames(),
        prepared.newPreview() != null);
  }
}
