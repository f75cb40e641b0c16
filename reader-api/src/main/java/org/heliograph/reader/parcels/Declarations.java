package org.heliograph.reader.parcels;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.heliograph.dicom.data.Uid;
import org.heliograph.node.link.Manifest;
import org.heliograph.node.link.Manifest.PartKind;
import org.heliograph.node.link.ManifestDocument;
import org.heliograph.node.link.ManifestInstance;
import org.heliograph.node.link.ManifestStudy;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.gateways.Gateway;
import org.heliograph.reader.gateways.LinkJson;
import org.heliograph.reader.intake.UploadFiles;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes the manifests of parcels: all of one or nothing, and the same one as often as it comes. */
@Component
class Declarations {
  private static final Logger log = LoggerFactory.getLogger(Declarations.class);
  private static final int MOST_OPEN = 2000;

  private static final String INSERT =
      """
      insert into reading.parcel (id, gateway_id, site_id, parcel_uuid, manifest_digest, urgency,
                                  total_bytes, object_count)
      values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (gateway_id, parcel_uuid) do nothing
      """;
  private static final String PART =
      """
      insert into reading.parcel_part (parcel_id, number, kind, content_encoding, length_bytes,
                                       digest, file_id)
      values (?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String STUDY =
      """
      insert into reading.parcel_study (parcel_id, study_instance_uid, position, header)
      values (?, ?, ?, ?::jsonb)
      """;
  private static final String OBJECT =
      """
      insert into reading.parcel_object (parcel_id, position, object, part_number,
        study_instance_uid, series_instance_uid, sop_instance_uid, sop_class_uid, calling_ae,
        size_bytes, digest, received_digest, rows, columns, number_of_frames, has_preview,
        media_type, view, title, instance_number)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), nullif(?, 0), ?, ?, ?, ?, ?, ?)
      """;

  private final JdbcClient sql;
  private final JdbcTemplate batch;
  private final ParcelCases cases;
  private final Receipts receipts;
  private final AuditTrail audit;

  Declarations(
      JdbcClient sql, JdbcTemplate batch, ParcelCases cases, Receipts receipts, AuditTrail audit) {
    this.sql = sql;
    this.batch = batch;
    this.cases = cases;
    this.receipts = receipts;
    this.audit = audit;
  }

  /**
   * Keeps a manifest; durable when it returns.
   *
   * @throws ProblemException TR-0510 it cannot be taken, TR-0511 the parcel has another one
   */
  @Transactional
  public void declare(Gateway gateway, Manifest manifest) {
    ManifestCheck.check(manifest);
    byte[] digest = digest(manifest);
    UUID id = UUID.randomUUID();
    long bytes = manifest.parts().stream().mapToLong(Manifest.Part::lengthBytes).sum();
    int objects = manifest.instances().size() + manifest.documents().size();
    int inserted =
        sql.sql(INSERT)
            .params(
                id,
                gateway.id(),
                gateway.siteId(),
                manifest.parcel(),
                digest,
                manifest.urgency().name(),
                bytes,
                objects)
            .update();
    if (inserted == 0) {
      again(gateway, manifest.parcel(), digest);
      return;
    }
    requireFew(gateway);
    insert(id, manifest);
    audit.record(
        AuditEvent.of(AuditKind.BEGIN_TRANSFERRING_INSTANCES, AuditAction.CREATE)
            .about("parcel", id));
    log.info("event=parcel.declared parcel={} objects={} bytes={}", id, objects, bytes);
    if (manifest.parts().stream().noneMatch(part -> part.kind() == PartKind.PREVIEWS)) {
      cases.bind(id);
    }
  }

  private record Known(UUID id, String digest) {}

  /** What was said before is said again, should the gateway have lost it. */
  private void again(Gateway gateway, UUID parcel, byte[] digest) {
    Known known =
        sql.sql(
                """
                select id, manifest_digest from reading.parcel
                where gateway_id = ? and parcel_uuid = ?
                """)
            .params(gateway.id(), parcel)
            .query((row, n) ->
                new Known(row.getObject(1, UUID.class), HexFormat.of().formatHex(row.getBytes(2))))
            .single();
    if (!known.digest().equals(HexFormat.of().formatHex(digest))) {
      throw new ProblemException(ProblemCode.PARCEL_DIFFERS);
    }
    receipts.tellAgain(known.id());
  }

  private void requireFew(Gateway gateway) {
    int open =
        sql.sql("select count(*) from reading.parcel where gateway_id = ? and completed_at is null")
            .param(gateway.id())
            .query(Integer.class)
            .single();
    if (open > MOST_OPEN) {
      throw new ProblemException(
          ProblemCode.MANIFEST_NOT_TAKEN, "parcel", "more than " + MOST_OPEN + " are open");
    }
  }

  private void insert(UUID id, Manifest manifest) {
    List<Object[]> parts = new ArrayList<>();
    for (Manifest.Part part : manifest.parts()) {
      parts.add(
          new Object[] {
            id,
            part.number(),
            part.kind().name(),
            part.contentEncoding(),
            part.lengthBytes(),
            bytes(part.digest()),
            UUID.randomUUID()
          });
    }
    batch.batchUpdate(PART, parts);
    List<Object[]> studies = new ArrayList<>();
    for (ManifestStudy study : manifest.studies()) {
      studies.add(
          new Object[] {
            id,
            study.studyInstanceUid(),
            studies.size(),
            LinkJson.mapper().writeValueAsString(study)
          });
    }
    batch.batchUpdate(STUDY, studies);
    List<Object[]> objects = new ArrayList<>();
    for (ManifestInstance instance : manifest.instances()) {
      objects.add(row(id, objects.size(), instance));
    }
    String series = Uid.create().value();
    int number = 0;
    for (ManifestDocument document : manifest.documents()) {
      objects.add(row(id, objects.size(), document, series, ++number));
    }
    batch.batchUpdate(OBJECT, objects);
  }

  private static Object[] row(UUID id, int position, ManifestInstance instance) {
    return new Object[] {
      id,
      position,
      instance.sopInstanceUid(),
      instance.part(),
      instance.studyInstanceUid(),
      instance.seriesInstanceUid(),
      instance.sopInstanceUid(),
      instance.sopClassUid(),
      instance.callingAe().strip(),
      instance.sizeBytes(),
      bytes(instance.digest()),
      bytes(instance.receivedDigest()),
      known(instance.rows()),
      known(instance.columns()),
      instance.numberOfFrames(),
      instance.hasPreview(),
      "",
      "",
      "",
      0
    };
  }

  /** A document has its UIDs from the beginning, so that it becomes one object however often. */
  private static Object[] row(
      UUID id, int position, ManifestDocument document, String series, int number) {
    boolean photo = document.mediaType().startsWith("image/");
    return new Object[] {
      id,
      position,
      document.id().toString(),
      document.part(),
      document.studyInstanceUid(),
      photo ? series : Uid.create().value(),
      Uid.create().value(),
      "",
      "",
      document.sizeBytes(),
      bytes(document.digest()),
      bytes(document.digest()),
      0,
      0,
      1,
      document.hasPreview(),
      document.mediaType(),
      document.view(),
      document.title(),
      number
    };
  }

  private static int known(@Nullable Integer pixels) {
    return pixels == null ? 0 : Math.max(0, pixels);
  }

  /** Of what was understood, so that spaces and unknown properties make no difference. */
  private static byte[] digest(Manifest manifest) {
    return UploadFiles.sha256().digest(LinkJson.mapper().writeValueAsBytes(manifest));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
