package org.heliograph.reader.intake.dimse;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.ingest.InstanceRef;
import org.heliograph.archive.ingest.RefusalReason;
import org.heliograph.node.storage.IncomingInstance;
import org.heliograph.node.storage.InstanceSink;
import org.heliograph.node.storage.StoreOutcome;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.StorageClasses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Hands what arrives by C-STORE to the archive, in the name of the site that sends. When it answers
 * Stored, the instance survives a power cut and its transfer is on the audit trail: one event for
 * each study of an association.
 */
@Component
class ArchiveSink implements InstanceSink {
  private static final Logger log = LoggerFactory.getLogger(ArchiveSink.class);
  private static final int TRANSFERS_REMEMBERED = 4_096;

  private final Archive archive;
  private final SiteCallers callers;
  private final StorageClasses storageClasses;
  private final AuditTrail audit;
  private final Map<Transfer, Boolean> audited =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Transfer, Boolean> eldest) {
          return size() > TRANSFERS_REMEMBERED;
        }
      };

  private record Transfer(long associationId, long studyId) {}

  ArchiveSink(
      Archive archive, SiteCallers callers, StorageClasses storageClasses, AuditTrail audit) {
    this.archive = archive;
    this.callers = callers;
    this.storageClasses = storageClasses;
    this.audit = audit;
  }

  @Override
  public StoreOutcome receive(IncomingInstance instance) throws IOException {
    try {
      Optional<Site> site = callers.siteOf(instance.callingAe());
      if (site.isEmpty()) {
        return new StoreOutcome.OutOfResources("The sender is no longer registered");
      }
      if (!callers.mayStore(instance.callingAe())) {
        return new StoreOutcome.NotAllowed("The calling AE title may not store");
      }
      IngestResult result =
          archive
              .ingest()
              .ingest(
                  new Incoming(
                      site.get().id(),
                      "dimse:" + instance.callingAe().value(),
                      instance.transferSyntax(),
                      instance.sopClass(),
                      instance.sopInstance(),
                      instance.dataset()));
      return outcome(instance, result);
    } catch (DataAccessException e) {
      log.error(
          "event=instance.failed association={} fault={}",
          instance.associationId(),
          e.getClass().getSimpleName());
      return new StoreOutcome.OutOfResources(RefusalReason.STORE_UNAVAILABLE.comment());
    }
  }

  @Override
  public Set<String> furtherSopClasses() {
    try {
      return storageClasses.uids();
    } catch (DataAccessException e) {
      log.error("event=storage_classes.unknown fault={}", e.getClass().getSimpleName());
      return Set.of();
    }
  }

  private StoreOutcome outcome(IncomingInstance instance, IngestResult result) {
    return switch (result) {
      case IngestResult.Stored stored -> {
        recordTransfer(instance, stored.instance());
        yield new StoreOutcome.Stored();
      }
      case IngestResult.AlreadyStored already -> {
        recordTransfer(instance, already.instance());
        yield new StoreOutcome.AlreadyStored();
      }
      case IngestResult.Quarantined quarantined -> {
        log.warn(
            "event=instance.quarantined association={} quarantine={} reason={}",
            instance.associationId(),
            quarantined.quarantineId(),
            quarantined.reason());
        yield new StoreOutcome.Quarantined(
            switch (quarantined.reason()) {
              case DIFFERENT_BYTES_FOR_SAME_UID -> "SOP Instance exists with other content";
              case STUDY_OF_OTHER_SITE -> "Study belongs to another site";
            });
      }
      case IngestResult.Refused refused -> {
        log.warn(
            "event=instance.refused association={} reason={}",
            instance.associationId(),
            refused.reason());
        yield refusal(refused.reason());
      }
    };
  }

  private static StoreOutcome refusal(RefusalReason reason) {
    return switch (reason) {
      case OUT_OF_SPACE, QUOTA_REACHED, STORE_UNAVAILABLE ->
          new StoreOutcome.OutOfResources(reason.comment());
      case DELETED_FOR_GOOD -> new StoreOutcome.NotAllowed(reason.comment());
      case CLASS_MISMATCH,
          INSTANCE_MISMATCH,
          STUDY_MISMATCH,
          DIGEST_MISMATCH,
          NOT_STORABLE,
          MISSING_UID,
          INVALID_UID ->
          new StoreOutcome.DoesNotMatchSopClass(reason.comment());
      case UNKNOWN_TRANSFER_SYNTAX, UNREADABLE, TRUNCATED, TRUNCATED_PIXEL_DATA ->
          new StoreOutcome.CannotUnderstand(reason.comment());
    };
  }

  private void recordTransfer(IncomingInstance instance, InstanceRef stored) {
    Transfer transfer = new Transfer(instance.associationId(), stored.studyId());
    synchronized (audited) {
      if (audited.containsKey(transfer)) {
        return;
      }
    }
    audit.record(
        AuditEvent.of(AuditKind.INSTANCES_TRANSFERRED, AuditAction.CREATE)
            .about("study", stored.study().value().value())
            .by(null, instance.callingAe().value())
            .from(instance.peer().getHostAddress())
            .detail("C-STORE"));
    synchronized (audited) {
      audited.put(transfer, Boolean.TRUE);
    }
  }
}
