package org.heliograph.reader.parcels;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ingest.Announced;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.ingest.RefusalReason;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.node.link.BundleFormatException;
import org.heliograph.node.link.BundleReader;
import org.heliograph.node.link.BundleWriter;
import org.heliograph.node.link.Manifest.PartKind;
import org.heliograph.node.link.Receipt.Outcome;
import org.heliograph.reader.intake.UploadFiles;
import org.heliograph.reader.parcels.Receipts.Result;
import org.heliograph.reader.problem.ProblemCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Puts the instances of a part into the archive, in the name of the site. May be repeated: what is
 * there already stays as it is.
 */
@Component
class InstanceParts {
  /** File meta information, and headers of a bundle. */
  private static final long HEAD_BYTES = 1 << 20;

  /** An instance that the gateway recoded in another way before is the same instance. */
  private static final String STORED_BEFORE =
      """
      select exists (
        select 1 from reading.parcel_object o
        join reading.parcel p on p.id = o.parcel_id
        join archive.instance i on i.sop_instance_uid = o.sop_instance_uid and i.digest = o.digest
        where o.sop_instance_uid = ? and o.received_digest = decode(?, 'hex')
          and o.outcome = 'STORED' and p.site_id = ?)
      """;

  private final Archive archive;
  private final UploadFiles files;
  private final PartObject.Rows objects;
  private final JdbcClient sql;

  InstanceParts(Archive archive, UploadFiles files, PartObject.Rows objects, JdbcClient sql) {
    this.archive = archive;
    this.files = files;
    this.objects = objects;
    this.sql = sql;
  }

  /**
   * Ingests what the part carries; each stored instance is durable when this returns.
   *
   * @throws IOException the disk failed
   * @throws LaterException the archive takes nothing now
   */
  List<Result> ingest(PartRow part) throws IOException, LaterException {
    Map<String, PartObject> left = new LinkedHashMap<>();
    long bytes = HEAD_BYTES;
    long largest = 0;
    for (PartObject object : objects.of(part)) {
      left.put(object.object(), object);
      bytes += object.sizeBytes() + HEAD_BYTES;
      largest = Math.max(largest, object.sizeBytes() + HEAD_BYTES);
    }
    List<Result> results = new ArrayList<>();
    try (InputStream content = PartContent.open(files, part, bytes)) {
      if (part.kind() == PartKind.INSTANCE) {
        PartObject only = left.values().iterator().next();
        results.add(ingest(part.site(), only, content));
        left.clear();
      } else {
        var limits = new BundleReader.Limits(left.size(), largest);
        var bundle = new BundleReader(content, BundleWriter.DICOM, limits);
        for (var next = bundle.next(); next != null; next = bundle.next()) {
          PartObject object = left.get(next.contentId());
          if (object != null) {
            Result result = ingest(part.site(), object, next.body());
            left.remove(next.contentId());
            results.add(result);
          }
        }
      }
    } catch (BundleFormatException e) {
      // What could not be read is told below.
    }
    left.values().forEach(object -> results.add(refused(object, ProblemCode.OBJECT_MISSING)));
    return results;
  }

  private Result ingest(UUID site, PartObject object, InputStream file)
      throws IOException, LaterException {
    if (sql.sql(STORED_BEFORE)
        .params(object.instance(), object.receivedDigest(), site)
        .query(Boolean.class)
        .single()) {
      return new Result(object.object(), Outcome.STORED, "");
    }
    var announced =
        new Announced(
            SopInstanceUid.of(object.instance()),
            StudyInstanceUid.of(object.study()),
            object.digest(),
            object.receivedDigest());
    IngestResult result =
        archive.ingest().ingestAnnounced(site, "gateway:" + object.callingAe(), file, announced);
    return switch (result) {
      case IngestResult.Stored stored -> new Result(object.object(), Outcome.STORED, "");
      case IngestResult.AlreadyStored stored -> new Result(object.object(), Outcome.STORED, "");
      case IngestResult.Quarantined apart -> new Result(object.object(), Outcome.QUARANTINED, "");
      case IngestResult.Refused refused -> refused(object, code(refused.reason()));
    };
  }

  static Result refused(PartObject object, ProblemCode code) {
    return new Result(object.object(), Outcome.REFUSED, code.code());
  }

  /** The gateway's word for a refusal; one that may pass is none. */
  static ProblemCode code(RefusalReason reason) throws LaterException {
    return switch (reason) {
      case OUT_OF_SPACE, QUOTA_REACHED, STORE_UNAVAILABLE ->
          throw new LaterException(reason.name());
      case DIGEST_MISMATCH, INSTANCE_MISMATCH, STUDY_MISMATCH, CLASS_MISMATCH ->
          ProblemCode.OBJECT_DIGEST;
      case DELETED_FOR_GOOD -> ProblemCode.OBJECT_DELETED;
      case MISSING_UID,
          INVALID_UID,
          NOT_STORABLE,
          UNKNOWN_TRANSFER_SYNTAX,
          UNREADABLE,
          TRUNCATED,
          TRUNCATED_PIXEL_DATA ->
          ProblemCode.OBJECT_NOT_STORABLE;
    };
  }
}
