package org.heliograph.reader.retention;

import java.util.List;
import org.heliograph.archive.Archive;
import org.heliograph.archive.quota.QuotaMode;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/storage}: what sites use of the storage; nothing of patients. */
@RestController
@RequestMapping("/api/storage")
class StorageEndpoint {
  /**
   * @param threshold the highest one reached, in percent: 0, 80, 95 or 100
   */
  record Usage(
      String site,
      long bytes,
      long instances,
      @Nullable Long quota,
      @Nullable QuotaMode mode,
      int threshold) {}

  private final Archive archive;
  private final Sites sites;
  private final CurrentPerson person;

  StorageEndpoint(Archive archive, Sites sites, CurrentPerson person) {
    this.archive = archive;
    this.sites = sites;
    this.person = person;
  }

  @GetMapping
  List<Usage> usage() {
    person.require(Role.COORDINATOR, Role.ADMINISTRATOR);
    return archive.quotas().usage().stream()
        .map(used ->
            new Usage(
                sites.byId(used.siteId()).map(Site::code).orElse(""),
                used.byteCount(),
                used.instanceCount(),
                used.byteLimit(),
                used.mode(),
                used.threshold()))
        .toList();
  }
}
