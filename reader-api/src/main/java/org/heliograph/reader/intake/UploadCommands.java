package org.heliograph.reader.intake;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.CaseState;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.cases.FormText;
import org.heliograph.reader.intake.Upload.State;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What a sender does with an upload. No transaction is open while bytes travel. */
@Component
class UploadCommands {
  private static final Set<CaseState> OPEN =
      Set.of(
          CaseState.DRAFT,
          CaseState.SUBMITTED,
          CaseState.RECEIVING,
          CaseState.WAITING,
          CaseState.CLAIMED,
          CaseState.NEEDS_INFO);

  private final Cases cases;
  private final UploadRows rows;
  private final UploadFiles files;
  private final PhotoMaking making;
  private final PhotoFiling filing;
  private final UploadSettings settings;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;

  UploadCommands(
      Cases cases,
      UploadRows rows,
      UploadFiles files,
      PhotoMaking making,
      PhotoFiling filing,
      UploadSettings settings,
      AuditTrail audit,
      TransactionTemplate transaction) {
    this.cases = cases;
    this.rows = rows;
    this.files = files;
    this.making = making;
    this.filing = filing;
    this.settings = settings;
    this.audit = audit;
    this.transaction = transaction;
  }

  /** Makes room for an upload; limits are checked before a single byte is read. */
  UUID create(Person clinic, long lengthBytes, Map<String, String> metadata) throws IOException {
    if (lengthBytes > settings.largestPhotoBytes()) {
      throw new ProblemException(
          ProblemCode.UPLOAD_TOO_LARGE, lengthBytes, settings.largestPhotoBytes());
    }
    if (lengthBytes == 0) {
      throw new ProblemException(ProblemCode.PHOTO_EMPTY);
    }
    var id = UUID.randomUUID();
    var upload =
        new Upload(
            id,
            caseId(metadata.get("caseid")),
            clinic.id(),
            lengthBytes,
            FormText.line("view", metadata.get("view"), 64),
            FormText.line("filename", fileName(metadata.get("filename")), 255),
            UploadHeaders.digest(metadata.get("sha256")),
            State.ARRIVING,
            null,
            Instant.EPOCH,
            Instant.EPOCH);
    files.create(id);
    try {
      transaction.executeWithoutResult(status -> insert(clinic, upload));
    } catch (RuntimeException e) {
      files.delete(id);
      throw e;
    }
    return id;
  }

  private void insert(Person clinic, Upload upload) {
    CaseFile file = cases.lock(upload.caseId(), clinic);
    if (!OPEN.contains(file.state())) {
      throw new ProblemException(ProblemCode.NOT_IN_THIS_STATE, "A photo", file.state());
    }
    if (rows.countOf(upload.caseId()) >= settings.photosPerCase()) {
      throw new ProblemException(ProblemCode.TOO_MANY_PHOTOS, settings.photosPerCase());
    }
    rows.insert(upload, settings.expiry());
    audit.record(
        AuditEvent.of(AuditKind.IMPORT, AuditAction.CREATE)
            .about("case", upload.caseId())
            .detail("upload"));
  }

  /** The upload if it is the person's to continue. */
  Upload find(UUID id, Person clinic) {
    return rows.visible(id, clinic.id())
        .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
  }

  /** How many bytes are here. A photo that was complete but not made yet is made now. */
  long offset(Upload upload) throws IOException {
    requireAlive(upload);
    if (upload.state() == State.STORED) {
      return upload.lengthBytes();
    }
    long length = files.length(upload.id()).orElseThrow(UploadCommands::gone);
    if (length == upload.lengthBytes()) {
      try (var writer = files.write(upload.id()).orElse(null)) {
        if (writer != null) {
          finish(upload, writer);
        }
      }
      return files.length(upload.id()).orElse(upload.lengthBytes());
    }
    return length;
  }

  /** Appends a part and returns the new offset; after the last byte the photo is durable. */
  long append(Upload upload, long offset, String checksum, long bodyBytes, InputStream body)
      throws IOException {
    requireAlive(upload);
    if (upload.state() == State.STORED) {
      return alreadyStored(upload, offset);
    }
    try (var writer =
        files
            .write(upload.id())
            .orElseThrow(() -> new ProblemException(ProblemCode.UPLOAD_LOCKED))) {
      long here = writer.length();
      if (here != offset) {
        throw new ProblemException(ProblemCode.UPLOAD_OFFSET, offset, here);
      }
      long left = upload.lengthBytes() - here;
      if (bodyBytes > left) {
        throw new ProblemException(
            ProblemCode.UPLOAD_TOO_LARGE, here + bodyBytes, upload.lengthBytes());
      }
      var digest = UploadFiles.sha256();
      writer.append(body, left, digest);
      check(writer, here, checksum, digest);
      rows.extend(upload.id(), settings.expiry());
      long now = writer.length();
      if (now == upload.lengthBytes()) {
        finish(upload, writer);
      }
      return now;
    }
  }

  void terminate(Upload upload) throws IOException {
    requireAlive(upload);
    if (upload.state() == State.STORED) {
      throw new ProblemException(ProblemCode.UPLOAD_STORED);
    }
    try (var writer = files.write(upload.id()).orElse(null)) {
      if (writer == null && files.length(upload.id()).isPresent()) {
        throw new ProblemException(ProblemCode.UPLOAD_LOCKED);
      }
      filing.ended(upload, State.GONE, "");
      files.delete(upload.id());
    }
  }

  private static long alreadyStored(Upload upload, long offset) {
    if (offset != upload.lengthBytes()) {
      throw new ProblemException(ProblemCode.UPLOAD_OFFSET, offset, upload.lengthBytes());
    }
    return offset;
  }

  private static void check(
      UploadFiles.Writer writer, long before, String checksum, MessageDigest digest)
      throws IOException {
    if (!checksum.isEmpty() && !checksum.equals(HexFormat.of().formatHex(digest.digest()))) {
      writer.truncate(before);
      throw new ProblemException(ProblemCode.UPLOAD_CHECKSUM);
    }
  }

  private void finish(Upload upload, UploadFiles.Writer writer) throws IOException {
    if (!upload.digest().isEmpty() && !upload.digest().equals(files.digest(upload.id()))) {
      writer.truncate(0);
      throw new ProblemException(ProblemCode.UPLOAD_CHECKSUM);
    }
    making.finish(upload);
  }

  private static void requireAlive(Upload upload) {
    if (upload.state() == State.REFUSED || upload.state() == State.GONE) {
      throw gone();
    }
  }

  private static ProblemException gone() {
    return new ProblemException(ProblemCode.UPLOAD_GONE);
  }

  private static CaseId caseId(@org.jspecify.annotations.Nullable String text) {
    try {
      return CaseId.of(String.valueOf(text));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, e, "caseId", "not an id of a case");
    }
  }

  /** Shown only; what looks like a folder is left out, backslashes included. */
  private static String fileName(@org.jspecify.annotations.Nullable String name) {
    var text = String.valueOf(name == null ? "" : name).replace('\\', '/');
    return text.substring(text.lastIndexOf('/') + 1);
  }
}
