package org.heliograph.reader.retention;

import java.time.InstantSource;
import javax.sql.DataSource;
import org.heliograph.archive.Archive;
import org.heliograph.archive.retention.RemovalSteps;
import org.heliograph.archive.retention.Retention;
import org.heliograph.archive.retention.StudyFacts;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the archive's retention to work in the hub. */
@Configuration(proxyBeanMethods = false)
public class RetentionConfiguration {
  /** Where the hub's database tells the archive what it knows of studies. */
  public static final StudyFacts FACTS =
      new StudyFacts("reading.study_specialty", "reading.study_last_use", "reading.study_is_held");

  @Bean
  ArchiveCare archiveCare(DataSource database, InstantSource clock) {
    return new ArchiveCare(database, clock);
  }

  @Bean
  Retention retention(Archive archive, AuditTrail audit) {
    return archive.retention(
        FACTS,
        removed ->
            audit.record(
                AuditEvent.of(AuditKind.STUDY_DELETED, AuditAction.DELETE)
                    .about("study", removed.study())
                    .by(null, removed.actor())
                    .from("")
                    .detail(
                        removed.wholeStudy()
                            ? "REMOVED STUDY"
                            : "REMOVED " + removed.instanceCount() + " instances")),
        RemovalSteps.NONE);
  }
}
