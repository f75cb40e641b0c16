package org.heliograph.reader.intake;

import java.io.IOException;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ingest.RefusalReason;
import org.heliograph.archive.ingest.photo.PhotoRefusal;
import org.heliograph.archive.ingest.photo.PhotoResult;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes a photo of an upload whose last byte is durable. May be repeated after any interruption:
 * the photo has its place and its UID before it is made, so that it is stored and counted once.
 */
@Component
class PhotoMaking {
  private static final Logger log = LoggerFactory.getLogger(PhotoMaking.class);

  private final PhotoFiling filing;
  private final UploadFiles files;
  private final Archive archive;

  PhotoMaking(PhotoFiling filing, UploadFiles files, Archive archive) {
    this.filing = filing;
    this.files = files;
    this.archive = archive;
  }

  /** Returns when the photo is durable; what it cannot be is told as a problem. */
  void finish(Upload upload) throws IOException {
    var header = filing.header(upload);
    switch (archive.photos().ingest(files.path(upload.id()), header)) {
      case PhotoResult.Stored stored ->
          filing.stored(
              upload,
              stored.instance().studyId(),
              stored.width(),
              stored.height(),
              stored.warnings());
      case PhotoResult.AlreadyStored stored ->
          filing.stored(
              upload,
              stored.instance().studyId(),
              stored.width(),
              stored.height(),
              stored.warnings());
      case PhotoResult.Refused refused -> {
        var code = problem(refused.refusal());
        filing.ended(upload, Upload.State.REFUSED, code.code());
        files.delete(upload.id());
        throw new ProblemException(code);
      }
      case PhotoResult.Quarantined apart -> {
        log.error("event=photo.quarantined upload={} reason={}", upload.id(), apart.reason());
        filing.ended(upload, Upload.State.REFUSED, ProblemCode.PHOTO_QUARANTINED.code());
        files.delete(upload.id());
        throw new ProblemException(ProblemCode.PHOTO_QUARANTINED);
      }
      case PhotoResult.NotStored not -> {
        log.warn("event=photo.not_stored upload={} reason={}", upload.id(), not.reason());
        throw new ProblemException(
            ProblemCode.BUSY,
            not.reason() == RefusalReason.OUT_OF_SPACE
                    || not.reason() == RefusalReason.QUOTA_REACHED
                ? "storage space"
                : "the picture archive");
      }
    }
    files.delete(upload.id());
    log.info("event=photo.stored upload={} bytes={}", upload.id(), upload.lengthBytes());
  }

  private static ProblemCode problem(PhotoRefusal refusal) {
    return ProblemCode.valueOf("PHOTO_" + refusal.name());
  }
}
