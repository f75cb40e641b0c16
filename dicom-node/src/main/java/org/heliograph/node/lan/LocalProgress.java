package org.heliograph.node.lan;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.node.lan.LocalSteps.Progress;

/**
 * Finds the scheduled steps of performed ones by the hub's rule: those that are meant exactly, or
 * all of the study where there is none such.
 */
final class LocalProgress {
  private LocalProgress() {}

  static Map<ScheduledStep, Progress> of(
      List<ScheduledStep> worklist, List<KeptStep> performed, Instant fetchedAt) {
    Set<ScheduledStep> newer = new HashSet<>();
    for (KeptStep step : performed) {
      if (!step.wasToldBefore(fetchedAt)) {
        step.scheduled().forEach(each -> newer.addAll(meant(worklist, each)));
      }
    }
    Map<ScheduledStep, Progress> furthest = new HashMap<>();
    for (KeptStep step : performed) {
      for (ScheduledStep each : step.scheduled()) {
        if (newer.stream().anyMatch(it -> it.isOfStudy(each) || it.isExactly(each))) {
          meant(worklist, each)
              .forEach(meant -> furthest.merge(meant, progress(step), LocalProgress::further));
        }
      }
    }
    furthest.keySet().retainAll(newer);
    return furthest;
  }

  private static Progress further(Progress one, Progress other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static List<ScheduledStep> meant(List<ScheduledStep> worklist, ScheduledStep performed) {
    List<ScheduledStep> exactly = worklist.stream().filter(performed::isExactly).toList();
    return exactly.isEmpty() ? worklist.stream().filter(performed::isOfStudy).toList() : exactly;
  }

  private static Progress progress(KeptStep step) {
    return switch (step.status()) {
      case IN_PROGRESS -> Progress.IN_PROGRESS;
      case COMPLETED -> Progress.COMPLETED;
      case DISCONTINUED -> Progress.GIVEN_UP;
    };
  }
}
