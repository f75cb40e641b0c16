package org.heliograph.archive.retention;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How long studies are kept. Site, specialty and modality say which; null means any. Of several
 * rules for one study the one that keeps it longest counts; a study without a rule is kept.
 *
 * @param keepYears full years
 * @param countedFrom from when on
 * @param untilAge a study of somebody who was younger then is kept until this age; null for no such
 *     thing
 * @param keepReports whether signed reports filed in the study stay
 * @param graceDays how long it is only hidden before it is removed
 */
public record RetentionRule(
    @Nullable UUID siteId,
    @Nullable String specialty,
    @Nullable String modality,
    int keepYears,
    From countedFrom,
    @Nullable Integer untilAge,
    boolean keepReports,
    int graceDays) {
  /** From when years are counted. */
  public enum From {
    STUDY_DATE,
    /** The last time somebody looked at it or something was added to it. */
    LAST_USE
  }
}
