package org.heliograph.reader.intake;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Ends uploads that nobody continued, so that their cases need not wait for them. */
@Component
class UploadSweep {
  private static final Logger log = LoggerFactory.getLogger(UploadSweep.class);

  private final UploadRows rows;
  private final UploadFiles files;
  private final PhotoFiling filing;

  UploadSweep(UploadRows rows, UploadFiles files, PhotoFiling filing) {
    this.rows = rows;
    this.files = files;
    this.filing = filing;
  }

  @Scheduled(fixedDelayString = "${heliograph.uploads.sweep:60s}", initialDelayString = "5s")
  void sweep() {
    try {
      for (var upload : rows.expired()) {
        filing.ended(upload, Upload.State.GONE, "");
        files.delete(upload.id());
        log.info("event=upload.expired upload={}", upload.id());
      }
    } catch (DataAccessException | IOException e) {
      log.warn("event=uploads.sweep.failed fault={}", e.getClass().getSimpleName());
    }
  }
}
